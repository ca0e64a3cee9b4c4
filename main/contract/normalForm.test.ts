import { expect, test } from 'vitest';
import { normalForm } from './normalForm.ts';

test('what people write has the form that Unicode gives it', () => {
  for (const text of ['e\u0301', '\u1e09', '\ufb01', 'a\u0316\u0301'.repeat(1_000), `o${'\u0301'.repeat(30)}`])
    for (const form of ['NFC', 'NFKC', 'NFKD'] as const) expect(normalForm(text, form)).toBe(text.normalize(form));
});

test('a letter under more marks than anybody writes is one under one mark, whatever their order', () => {
  const [one, other] = ['\u0301\u0316', '\u0316\uff9e'].map((marks) => normalForm(`a${marks.repeat(20)}b`, 'NFKC'));
  expect(one).toBe('a\u034fb');
  expect(other).toBe(one);
});

test('a million marks take no longer than a million letters', () => {
  const began = performance.now();
  normalForm(`a${'\u0301\u0316'.repeat(500_000)}`, 'NFKC');
  normalForm('\u0301\uff9e'.repeat(500_000), 'NFKD');
  expect(performance.now() - began).toBeLessThan(2_000);
});
