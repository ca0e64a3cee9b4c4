import { expect, test } from 'vitest';
import { matches } from './pattern.ts';

test.each([
  ['delete_*', 'delete_file', true],
  ['delete_*', 'undelete_file', false],
  ['*', '', true],
  ['a*a', 'a', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a.c', 'abc', false],
])('%s and %s: %s', (pattern, text, fits) => {
  expect(matches(pattern, text)).toBe(fits);
});

test('many stars cost no more than one', () => {
  const began = performance.now();
  expect(matches(`${'*a'.repeat(900)}*b`, 'a'.repeat(100_000))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1_000);
});
