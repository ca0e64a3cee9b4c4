import { expect, test } from 'vitest';
import { Newest } from './newest.ts';

test('the oldest goes, and what is set again is the newest', () => {
  const kept = new Newest<string, number>(2);
  kept.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...kept]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
});
