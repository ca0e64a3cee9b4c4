import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstReached, runsOf } from './segments.ts';

test('starts divide the records into runs, and those beyond the end do not count', () => {
  expect(runsOf([], 0)).toEqual([]);
  expect(runsOf([], 5)).toEqual([{ first: 0, end: 5 }]);
  expect(runsOf([2, 4, 9], 5)).toEqual([
    { first: 0, end: 2 },
    { first: 2, end: 4 },
    { first: 4, end: 5 },
  ]);
});

test('halving finds what walking finds, wherever the run begins, and looks at few', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 40 }), fc.nat(21), fc.nat(5000), (values, wanted, first) => {
      const sorted = values.sort((a, b) => a - b);
      let looked = 0;
      const found = firstReached({ first, end: first + sorted.length }, (seq) => {
        looked += 1;
        return (sorted[seq - first] ?? 0) >= wanted;
      });
      expect(found - first).toBe(sorted.filter((value) => value < wanted).length);
      expect(looked).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(sorted.length + 1)));
    }),
  );
});
