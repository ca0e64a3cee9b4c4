import { expect, test } from 'vitest';
import { linesOf, statements } from './statements.ts';

test('a line is told of characters in a text, and of bytes in its UTF-8', () => {
  const text = 'é\nb\n\nd';
  expect([0, 1, 2, 4, 5].map(linesOf(text))).toEqual([1, 1, 2, 3, 4]);
  expect([0, 2, 3, 5, 6].map(linesOf(Buffer.from(text)))).toEqual([1, 1, 2, 3, 4]);
});

test('the lines of a thousand policies behind half a million breaks are counted once', () => {
  const text = `${'\n'.repeat(450_000)}${'permit(principal,action,resource);\n'.repeat(1_000)}`;
  const began = performance.now();
  const lineOf = linesOf(text);
  expect(statements(text).map(({ start }) => lineOf(start))).toEqual(
    Array.from({ length: 1_000 }, (_, index) => 450_001 + index),
  );
  expect(performance.now() - began).toBeLessThan(2_000);
});
