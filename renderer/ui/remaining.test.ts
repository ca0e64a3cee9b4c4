import { expect, test } from 'vitest';
import { clockText, remaining } from './remaining.ts';

test('counts down to the deadline and not below', () => {
  expect(remaining(0, 45_000, 0)).toMatchObject({ seconds: 45, share: 1, urgency: 'calm' });
  expect(remaining(0, 45_000, 32_500)).toMatchObject({ seconds: 13, urgency: 'soon' });
  expect(remaining(0, 45_000, 40_100)).toMatchObject({ seconds: 5, urgency: 'last' });
  expect(remaining(0, 45_000, 99_000)).toMatchObject({ seconds: 0, share: 0 });
});

test('says times as clocks do', () => {
  expect([9, 59, 60, 187, 3729].map(clockText)).toEqual(['9 s', '59 s', '1:00', '3:07', '1:02:09']);
});
