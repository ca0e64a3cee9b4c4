import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../services/audit/ports.ts';
import { decodeFrames, encodeFrame } from './journalFrame.ts';

const AT = '2026-11-21T03:00:00.000000Z';

function entryOf(seq: number, payload: Buffer | null): LedgerEntry {
  const record = { type: 'outcome', event: 'ok', id: `id ${seq}`, at: AT } as const;
  const kept = payload && { key: randomBytes(32), bytes: payload };
  return { seq, record, leaf: Buffer.from(JSON.stringify(record)), nodes: randomBytes(64), payload: kept, slot: null };
}

const entries = [null, randomBytes(0), randomBytes(4096), randomBytes(4097), randomBytes(70_000), randomBytes(9)].map(
  (payload, seq) => entryOf(seq, payload),
);

test('frames are read as they were written, whatever the length of their payload', () => {
  const bytes = Buffer.concat(entries.flatMap(encodeFrame));
  const { entries: read, damaged } = decodeFrames(bytes);
  expect(damaged).toBe(false);
  expect(read).toEqual(entries);
});

test('a long payload is written as it lies, and a byte of it that changed is found', () => {
  const entry = entryOf(0, randomBytes(70_000));
  const frame = encodeFrame(entry);
  expect(frame[1]?.buffer).toBe(entry.payload?.bytes.buffer);
  const bytes = Buffer.concat(frame);
  for (const at of [8, bytes.length - 70_000, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(decodeFrames(changed)).toEqual({ entries: [], damaged: true });
  }
  expect(decodeFrames(bytes.subarray(0, -1))).toEqual({ entries: [], damaged: false });
});
