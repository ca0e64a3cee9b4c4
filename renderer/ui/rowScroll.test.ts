import { describe, expect, test } from 'vitest';
import { barAt, furthest, heightOf, topAfter, topAt } from './rowScroll.ts';

const ROW = 36;
const extent = (rows: number) => ({ rows: rows * ROW, sight: 700 });

test('rows that an element can be as high as are scrolled as they are', () => {
  const few = extent(10_000);
  expect(heightOf(few.rows)).toBe(few.rows);
  for (const place of [0, 1, 5000.5, furthest(few)]) {
    expect(barAt(place, few)).toBe(place);
    expect(topAt(place, few)).toBe(place);
    expect(topAfter(3, 7, place, few)).toBe(place);
  }
});

describe.each([1_000_000, 10_000_000, 1_000_000_000])('%d rows', (count) => {
  const many = extent(count);
  const mostBar = heightOf(many.rows) - many.sight;

  test('begin and end where the bar does, and every row has its place on it', () => {
    expect(heightOf(many.rows)).toBeLessThan(17_000_000);
    expect([topAt(0, many), topAt(mostBar, many)]).toEqual([0, furthest(many)]);
    let before = -1;
    for (let row = 0; row < count - 20; row += Math.floor(count / 997)) {
      const bar = barAt(row * ROW, many);
      expect(bar).toBeGreaterThan(before);
      expect(topAt(bar, many)).toBeCloseTo(row * ROW, 2);
      before = bar;
    }
  });

  test('the bar’s middle is the rows’ middle', () => {
    expect(topAt(mostBar / 2, many)).toBeCloseTo(furthest(many) / 2, 2);
  });

  test('a wheel moves the rows by as much as it turns, anywhere, and never past an end', () => {
    const top = Math.floor(furthest(many) / 3);
    const bar = barAt(top, many);
    expect(topAfter(top, bar, bar + 100, many)).toBeCloseTo(top + 100, 2);
    expect(topAfter(top, bar, bar - 3000, many)).toBeCloseTo(top - 3000, 2);
    expect(topAfter(40, 40, 0, many)).toBe(0);
    expect(topAfter(furthest(many) - 5, mostBar - 5, mostBar, many)).toBe(furthest(many));
  });

  test('the bar, by a pixel or to its end, moves as much as it stands for', () => {
    const pixel = mostBar / many.sight;
    const bar = mostBar / 2;
    expect(topAfter(topAt(bar, many), bar, bar + pixel, many)).toBe(topAt(bar + pixel, many));
    expect(topAfter(0, 0, mostBar, many)).toBe(furthest(many));
  });
});
