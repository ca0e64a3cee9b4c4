import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeywordScanner, unitsOf } from './keywordScanner.ts';

function hits(words: readonly string[], text: string): string[] {
  const found: string[] = [];
  new KeywordScanner(words).scan(unitsOf(text), (word, start) => {
    found.push(`${words[word]}@${start}`);
    return false;
  });
  return found.sort();
}

test('words inside and across one another are all found, whatever their case', () => {
  expect(hits(['he', 'she', 'hers'], 'uSHErs')).toEqual(['he@2', 'hers@2', 'she@1']);
});

test('finds what a search for each word by itself finds', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '-'), maxLength: 30 });
  const words = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(words, letters, (list, text) => {
      const expected = list.flatMap((word) =>
        Array.from(text, (_, start) => start)
          .filter((start) => text.toLowerCase().startsWith(word, start))
          .map((start) => `${word}@${start}`),
      );
      expect(hits(list, text)).toEqual(expected.sort());
    }),
  );
});

test('letters beyond ASCII are found too', () => {
  expect(hits(['schlüssel', '鍵'], 'der Schlüssel, 鍵')).toEqual(['schlüssel@4', '鍵@15']);
});

test('a callback that has seen enough stops it', () => {
  let seen = 0;
  new KeywordScanner(['a']).scan(unitsOf('aaaa'), () => {
    seen += 1;
    return true;
  });
  expect(seen).toBe(1);
});
