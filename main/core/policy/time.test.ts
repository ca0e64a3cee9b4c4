import { expect, test } from 'vitest';
import { policyTime } from './time.ts';

test('a moment is told in the local day', () => {
  expect(policyTime('2026-11-21T23:30:00.123456Z', 'Europe/Berlin')).toEqual({
    at: '2026-11-21T23:30:00.123Z',
    minutes: 30,
    weekday: 'sunday',
    date: '2026-11-22',
  });
  expect(policyTime('2026-11-21T00:00:00.000000Z', 'UTC')).toMatchObject({ minutes: 0, weekday: 'saturday' });
  expect(policyTime('2026-07-01T12:00:00Z', 'America/New_York')).toMatchObject({ minutes: 480, date: '2026-07-01' });
});

test('an offset counts', () => {
  expect(policyTime('2026-11-21T10:00:00+05:30', 'UTC').minutes).toBe(270);
});

test('what is no moment or no zone is none', () => {
  expect(() => policyTime('yesterday', 'UTC')).toThrow(RangeError);
  expect(() => policyTime('2026-11-21T10:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
});
