import { expect, test } from 'vitest';
import { healthOf } from './deviceHealth.ts';

const AT = '2026-11-21T05:00:00.000000Z';
const NOW = Date.parse(AT);
const FINE = { revokedAt: null, broken: false, broke: [], lastSeenAt: AT, size: 9, seen: 9 };

test.each([
  ['Continuous', {}],
  ['Enrolled', { lastSeenAt: null, size: 0, seen: 0 }],
  ['Catching up', { size: 8 }],
  ['Away', { size: 8, lastSeenAt: '2026-11-21T04:00:00.000000Z' }],
  ['Began anew', { broke: ['altered' as const, 'new-epoch' as const] }],
  ['Content exchanged', { broke: ['new-epoch' as const, 'payload' as const] }],
  ['Altered on the device', { broke: ['payload' as const, 'reported' as const], lastSeenAt: null }],
  ['Broken', { broken: true, broke: ['truncated' as const, 'reported' as const] }],
  ['Revoked', { broken: true, revokedAt: AT }],
])('a device is %s', (label, rest) => {
  expect(healthOf({ ...FINE, ...rest }, NOW).label).toBe(label);
});
