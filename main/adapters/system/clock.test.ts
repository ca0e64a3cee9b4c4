import { expect, test } from 'vitest';
import { timestamp } from '../../contract/names.ts';
import { systemClock } from './clock.ts';

test('timestamps are RFC 3339 with microseconds and strictly increase', () => {
  const clock = systemClock();
  const times = Array.from({ length: 10_000 }, () => clock.now());
  expect(times.every((time) => timestamp.safeParse(time).success)).toBe(true);
  expect(new Set(times).size).toBe(times.length);
  expect(times).toEqual(times.toSorted());
});

test('a wall clock that is set back does not set the timestamps back', () => {
  let wall = 1_800_000_000_000;
  const clock = systemClock(
    () => wall,
    () => 0,
  );
  const before = clock.now();
  wall -= 60_000;
  expect(clock.now() > before).toBe(true);
});

test('later is that much after now', () => {
  const clock = systemClock(
    () => 1_800_000_000_000,
    () => 0,
  );
  expect(clock.now()).toBe('2027-01-15T08:00:00.000000Z');
  expect(clock.later(1500)).toBe('2027-01-15T08:00:01.500001Z');
});
