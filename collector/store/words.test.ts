import { expect, test } from 'vitest';
import { probesOf, signatureOf } from './signature.ts';
import { type Findable, facetTerm, hasTerms, Terms, wordsOf } from './words.ts';

const RECORD: Findable = {
  facets: { type: 'intent', server: 'files', tool: 'write_file' },
  record: {
    id: '01939f3a-7c00-7000-8000-000000000001',
    at: '2026-11-21T05:00:00.000000Z',
    type: 'intent',
    event: 'forwarded',
    server: 'files',
    tool: 'write_file',
    detail: { reason: 'Grüße', lines: 12, none: null },
  },
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

test('a word behind a break of lines in a payload is a word', () => {
  const told = { ...RECORD, payload: JSON.stringify({ text: 'first line\nsecond line' }) };
  expect(hasTerms(told, ['first', 'second'])).toBe(true);
  expect(hasTerms(told, ['nsecond'])).toBe(false);
});

test('a record that was kept back is found by its facets alone', () => {
  const kept = { ...RECORD, record: null, payload: null };
  expect(hasTerms(kept, ['write_file'])).toBe(true);
  expect(hasTerms(kept, ['notes'])).toBe(false);
});

test('a filter holds every term of its batch, and few others', () => {
  const terms = new Terms();
  for (let at = 0; at < 3000; at += 1) terms.add({ ...RECORD, payload: `word${at}` });
  const signature = signatureOf(terms.all);
  expect(signature.length).toBe(4096);
  expect(terms.all.has('word2999') && terms.all.has('grüße')).toBe(true);
  expect([...terms.all].every((term) => has(signature, term))).toBe(true);
  const strangers = Array.from({ length: 2000 }, (_, at) => `stranger${at}`).filter((term) => has(signature, term));
  expect(strangers.length).toBeLessThan(80);
});

test('a filter over little is small', () => {
  expect(signatureOf(new Set(['one'])).length).toBe(64);
});

test.each<[string, string]>([
  ['objects without a text', '{"toString":1,"valueOf":1}'],
  ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('%s where a device should say a word are none', (_, odd) => {
  const detail = JSON.parse(`{"odd":${odd},"even":"violet"}`);
  expect(hasTerms({ ...RECORD, record: { ...RECORD.record, detail } as Findable['record'] }, ['violet'])).toBe(true);
});
