import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK, inBlocks, PlaceSet } from './placeSet.ts';

const FIRST = 3 * BLOCK;
/** Places of the fourth block, so close that words of bits are shared, and both its ends. */
const places = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: FIRST, max: FIRST + 100 }),
    fc.integer({ min: FIRST + BLOCK - 70, max: FIRST + BLOCK - 1 }),
  ),
  { maxLength: 80 },
);
const run = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.boolean())
  .map(([one, other, late]) => {
    const from = FIRST + (late ? BLOCK - 101 : 0);
    return { first: from + Math.min(one, other), end: from + Math.max(one, other) + 1 };
  });
const ascending = (seqs: readonly number[]) => seqs.toSorted((a, b) => a - b);

test('gives what it was made of, in every run, also when kept as bytes', () => {
  fc.assert(
    fc.property(places, run, (seqs, within) => {
      const set = PlaceSet.read(PlaceSet.of(seqs).bytes());
      const expected = ascending(seqs.filter((seq) => seq >= within.first && seq < within.end));
      expect(set.seqs(within)).toEqual(expected);
      expect(set.count(within)).toBe(expected.length);
      expect(set.orNull() === null).toBe(seqs.length === 0);
    }),
  );
});

test('comes together with another as sets do', () => {
  const whole = { first: FIRST, end: FIRST + BLOCK };
  fc.assert(
    fc.property(places, places, (left, right) => {
      const [one, other] = [PlaceSet.of(left), PlaceSet.of(right)];
      const [a, b] = [new Set(left), new Set(right)];
      expect(one.and(other).seqs(whole)).toEqual(ascending([...a.intersection(b)]));
      expect(one.or(other).seqs(whole)).toEqual(ascending([...a.union(b)]));
      expect(one.without(other).seqs(whole)).toEqual(ascending([...a.difference(b)]));
      expect(PlaceSet.all().without(one).count(whole)).toBe(BLOCK - left.length);
    }),
  );
});

test('is kept in a byte a place, and one more for each 255 that are left out, until all bits take less', () => {
  for (const [places, bytes] of [
    [[], 0],
    [[254], 1],
    [[255], 2],
    [[0, 511], 4],
    [Array.from({ length: 4095 }, (_, at) => at), 4095],
    [Array.from({ length: 4096 }, (_, at) => at), 4096],
    [Array.from({ length: BLOCK }, (_, at) => at), 4096],
  ] as const) {
    const kept = PlaceSet.of(places).bytes();
    expect(kept).toHaveLength(bytes);
    expect(PlaceSet.read(kept).seqs({ first: 0, end: BLOCK })).toEqual(places);
  }
});

test('runs are divided where blocks begin', () => {
  expect(inBlocks({ first: 5, end: BLOCK })).toEqual([{ first: 5, end: BLOCK }]);
  expect(inBlocks({ first: BLOCK - 1, end: 2 * BLOCK + 1 })).toEqual([
    { first: BLOCK - 1, end: BLOCK },
    { first: BLOCK, end: 2 * BLOCK },
    { first: 2 * BLOCK, end: 2 * BLOCK + 1 },
  ]);
});
