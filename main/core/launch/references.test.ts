// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { expect, test } from 'vitest';
import { fillReferences, mentionsSecret, parseReferences, secretsOf } from './references.ts';

function partsOf(value: string) {
  const parsed = parseReferences(value);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.parts;
}

test('a literal is one piece of text', () => {
  expect(partsOf('info')).toEqual([{ text: 'info' }]);
  expect(partsOf('')).toEqual([]);
});

test('a literal may surround several references', () => {
  const parts = partsOf('Bearer ${keychain:ID}.${keychain:KEY}!');
  expect(parts).toEqual([{ text: 'Bearer ' }, { secret: 'ID' }, { text: '.' }, { secret: 'KEY' }, { text: '!' }]);
  expect(secretsOf(parts)).toEqual(['ID', 'KEY']);
  expect(
    fillReferences(
      parts,
      new Map([
        ['ID', 'a'],
        ['KEY', 'b'],
      ]),
    ),
  ).toBe('Bearer a.b!');
});

test('a missing secret leaves no half-filled value', () => {
  expect(fillReferences(partsOf('x${keychain:ID}'), new Map())).toBeUndefined();
});

test('a secret that looks like a reference is not read again', () => {
  expect(
    fillReferences(
      partsOf('${keychain:A}'),
      new Map([
        ['A', '${keychain:B}'],
        ['B', 'no'],
      ]),
    ),
  ).toBe('${keychain:B}');
});

test('a reference that does not end or names nothing is a fault', () => {
  expect(parseReferences('${keychain:TOKEN')).toMatchObject({ ok: false });
  expect(parseReferences('${keychain:}')).toMatchObject({ ok: false });
  expect(parseReferences('${keychain:two words}')).toMatchObject({ ok: false });
});

test('other dollar signs are text', () => {
  expect(partsOf('${HOME}/$x')).toEqual([{ text: '${HOME}/$x' }]);
  expect(mentionsSecret('--token=${keychain:T')).toBe(true);
  expect(mentionsSecret('--token=$T')).toBe(false);
});
