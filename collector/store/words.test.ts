import { expect, test } from 'vitest';
import { probesOf, signatureOf } from './signature.ts';
import { addTerms, type Findable, facetTerm, hasTerms, wordsOf } from './words.ts';

const RECORD: Findable = {
  facets: { type: 'intent', server: 'files', tool: 'write_file' },
  text: 'intent files write_file Grüße',
  payload: '{"path":"/home/mara/Notes-2026.md"}',
};

/** As PostgreSQL's `get_bit` looks it up. */
const has = (signature: Buffer, term: string) =>
  probesOf(term).every((probe) => {
    const bit = probe & (signature.length * 8 - 1);
    return ((signature[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  });

test('words are letters and digits in lower case, whatever stands between them', () => {
  expect(wordsOf('/home/mara/Notes-2026.md "Grüße"')).toEqual(['home', 'mara', 'notes', '2026', 'md', 'grüße']);
  expect(wordsOf(`${'a'.repeat(65)} b`)).toEqual(['b']);
  expect(wordsOf('…')).toEqual(['…']);
  expect(wordsOf(' - ')).toEqual([]);
});

test('a record is found by its facets and by words of the leaf and the payload, all at once', () => {
  expect(hasTerms(RECORD, [facetTerm('server', 'files'), 'notes', 'grüße'])).toBe(true);
  expect(hasTerms(RECORD, ['notes', 'else'])).toBe(false);
  expect(hasTerms(RECORD, [facetTerm('server', 'file')])).toBe(false);
});

test('a record that was kept back is found by its facets alone', () => {
  const kept = { ...RECORD, text: null, payload: null };
  expect(hasTerms(kept, ['write_file'])).toBe(true);
  expect(hasTerms(kept, ['notes'])).toBe(false);
});

test('a filter holds every term of its batch, and few others', () => {
  const terms = new Set(Array.from({ length: 3000 }, (_, at) => `word${at}`));
  addTerms(RECORD, terms);
  const signature = signatureOf(terms);
  expect(signature.length).toBe(4096);
  expect([...terms].every((term) => has(signature, term))).toBe(true);
  const strangers = Array.from({ length: 2000 }, (_, at) => `stranger${at}`).filter((term) => has(signature, term));
  expect(strangers.length).toBeLessThan(80);
});

test('a filter over little is small', () => {
  expect(signatureOf(new Set(['one'])).length).toBe(64);
});
