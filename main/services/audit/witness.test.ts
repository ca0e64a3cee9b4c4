import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import { holds, witnessed } from './witness.ts';

const mac = (purpose: string, message: Uint8Array) =>
  createHmac('sha256', 'device').update(`${purpose}\0`).update(message).digest();
const SLOT = `sha256:${'1'.repeat(64)}`;
const record: LedgerRecord = {
  id: '0190a6e2-0000-7000-8000-000000000001',
  at: '2026-11-21T05:00:00.000000Z',
  type: 'consent',
  event: 'given',
  digests: { row: `sha256:${'2'.repeat(64)}` },
};
const ours = witnessed(mac, 7, SLOT, record);

test('a record bears witness at its place, also when it was read back', () => {
  expect(ours.digests).toMatchObject({ ...record.digests, slot: SLOT });
  expect(holds(mac, 7, ours)).toBe(true);
  expect(holds(mac, 7, JSON.parse(JSON.stringify(ours)))).toBe(true);
});

test.each<[string, number, LedgerRecord]>([
  ['at another place', 8, ours],
  ['with another id', 7, { ...ours, id: '0190a6e2-0000-7000-8000-000000000002' }],
  ['with another event', 7, { ...ours, event: 'withdrawn' }],
  ['for another slot', 7, { ...ours, digests: { ...ours.digests, slot: `sha256:${'3'.repeat(64)}` } }],
  ['of another row', 7, { ...ours, digests: { ...ours.digests, row: `sha256:${'3'.repeat(64)}` } }],
  ['without a witness', 7, record],
  ['with something that has no canonical form', 7, { ...ours, event: '\ud800' }],
])('not %s', (_, seq, other) => {
  expect(holds(mac, seq, other)).toBe(false);
});

test('not under the key of another device', () => {
  expect(holds((purpose, message) => mac(`${purpose}other`, message), 7, ours)).toBe(false);
});
