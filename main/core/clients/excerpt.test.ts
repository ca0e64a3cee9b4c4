import { expect, test } from 'vitest';
import { Masker } from '../egress/masker.ts';
import { SECRET_RULES } from '../egress/secretRules.ts';
import { excerpt } from './excerpt.ts';

const masker = new Masker([], SECRET_RULES);
const none = new Map<string, string>();
const lines = (...all: string[]) => all.join('\n');

test('whole lines around what changed, with the number of the first', () => {
  const before = lines('1', '2', '3', 'old', '5', '6', '7', '');
  expect(excerpt(before, before.replace('old', 'new!'), masker, none)).toEqual({
    line: 2,
    before: lines('2', '3', 'old', '5', '6'),
    after: lines('2', '3', 'new!', '5', '6'),
  });
});

test('at the ends of a file there is less around it', () => {
  expect(excerpt('a\nb', 'x\nb', masker, none)).toEqual({ line: 1, before: 'a\nb', after: 'x\nb' });
  expect(excerpt('a', 'a\nb', masker, none)).toEqual({ line: 1, before: 'a', after: 'a\nb' });
});

test('a line break of two characters stays out whole', () => {
  const { before, after } = excerpt('old\r\n2\r\n3\r\n4\r\n', 'new\r\n2\r\n3\r\n4\r\n', masker, none);
  expect([before, after]).toEqual(['old\r\n2\r\n3', 'new\r\n2\r\n3']);
});

test('of a file that is one long line only what changed is shown', () => {
  const long = 'x'.repeat(2000);
  const { before, after } = excerpt(`${long}"old"${long}`, `${long}"new"${long}`, masker, none);
  expect([before, after]).toEqual(['old', 'new']);
});

test('a secret is named where it is known, masked where it is guessed, also when it is cut', () => {
  const text = (first: string) =>
    lines(`"command": "${first}"`, '"API_TOKEN": "mQ8rT2vX5yB7nK4p"', '"note": "kn0wn-value"');
  const shown = excerpt(text('a'), text('b'), masker, new Map([['mine', 'kn0wn-value']]));
  expect(shown.before).toContain('"note": "[secret mine]"');
  expect(shown.before).toContain('[masked: ');
  expect(JSON.stringify(shown)).not.toMatch(/mQ8rT2vX5yB7nK4p|kn0wn-value/);
});

test('many secrets, known and found, take no longer than few', () => {
  const began = performance.now();
  const text = '"kept value"\nTOKEN=ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8\n'.repeat(10_000);
  const shown = excerpt(text, `x\n${text}`, masker, new Map([['mine', 'kept value']]));
  expect(shown).toMatchObject({
    line: 1,
    after: expect.stringContaining('"[secret mine]"\nTOKEN=[masked: github-token]'),
  });
  expect(performance.now() - began).toBeLessThan(2_500);
});
