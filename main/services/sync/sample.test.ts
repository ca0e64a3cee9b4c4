import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import { DEFAULT_SENDING } from '../../contract/sync.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import type { OutgoingLedger, OutgoingRecord } from '../audit/outgoing.ts';
import { sample } from './sample.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const ID = '01939f3a-7c00-7000-8000-000000000001';

function shown(payload: Uint8Array | null, form: 'everything' | 'facets'): string {
  const record = { id: ID, at: '2026-11-21T05:00:00.000000Z', type: 'intent', event: 'forwarded', class: 'write' };
  const leaf = encodeLeaf(record as LedgerRecord);
  const row = { seq: 7, leaf, payload: payload && { key: Buffer.alloc(32), bytes: payload } } as OutgoingRecord;
  const ledger = { records: () => [row] } as unknown as OutgoingLedger;
  const [one, ...others] = sample(ledger, hash, 8, { ...DEFAULT_SENDING, write: form });
  expect(others).toEqual([]);
  expect(one).toMatchObject({ seq: 7, form });
  return one?.json ?? '';
}

test('a payload is shown as text where it goes out, and only there', () => {
  const told = Buffer.from('"told"');
  expect(JSON.parse(shown(told, 'everything'))).toMatchObject({ leaf: { class: 'write' }, payload: '"told"' });
  expect(JSON.parse(shown(told, 'facets'))).toMatchObject({ facets: { class: 'write' } });
  expect(shown(told, 'facets')).not.toContain('told');
  expect(JSON.parse(shown(Buffer.alloc(4 * 1024 * 1024, 'x'), 'everything'))).not.toHaveProperty('payload');
});
