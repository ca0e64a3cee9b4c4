import { expect, test } from 'vitest';
import { facetTerm, wordsOf } from './words.ts';

test('words are what stands between everything that is no letter and no digit', () => {
  expect(wordsOf('{"path":"/srv/My-File_2.txt"}')).toEqual(['path', 'srv', 'my', 'file', '2', 'txt']);
  expect(wordsOf('  ')).toEqual([]);
});

test('case, accents and compatibility forms make no difference', () => {
  expect(wordsOf('ÉCOLE e\u0301cole ﬁle ２')).toEqual(['ecole', 'ecole', 'file', '2']);
  expect(wordsOf('日本語 Ключ')).toEqual(['日本語', 'ключ']);
});

test('a letter under a million marks is a word like any other', () => {
  const began = performance.now();
  expect(wordsOf(`Caf\u00e9 e${'\u0301\u0316'.repeat(500_000)}nd`)).toEqual(['cafe', 'end']);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a facet is a term that no text has, and another for each name and value', () => {
  expect(wordsOf(`before ${facetTerm('tool', 'a b')} after`)).not.toContain(facetTerm('tool', 'a b'));
  expect(new Set([facetTerm('tool', 'x'), facetTerm('server', 'x'), facetTerm('tool', 'y')]).size).toBe(3);
});
