/** Going anywhere in a hundred thousand records, through the store's own worker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedgerStore } from '../../adapters/sqlite/ledgerStore.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { AuditRowQuery, AuditRowsQuery } from '../../contract/audit.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { localCalendar } from './localCalendar.ts';
import type { LedgerStore } from './ports.ts';
import { placeOf } from './searchPlace.ts';
import { planOf } from './searchPlan.ts';

const SIZE = 100_000;
const MINUTE = 60_000;
const BEGIN = Date.parse('2026-09-01T00:00:00Z');
const calendar = localCalendar(systemClock());

let folder: string;
let store: LedgerStore;
let middle: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'table-'));
  store = openLedgerStore({ file: join(folder, 'ledger.db'), indexFile: join(folder, 'words.db') });
  for (let seq = 0; seq < SIZE; seq += 1) {
    const at = new Date(BEGIN + seq * MINUTE).toISOString().replace('Z', '000Z');
    const record: LedgerRecord = { type: 'outcome', event: 'ok', id: newId(), at, server: seq % 3 ? 'files' : 'mail' };
    if (seq === SIZE / 2) middle = record.id;
    const leaf = Buffer.from(JSON.stringify({ at, event: seq % 10 ? 'ok' : 'failed' }));
    store.append({ seq, record, leaf, nodes: Buffer.alloc(32), payload: null, slot: null });
  }
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = async ({ offset = 0, limit = 2, size, ...query }: AuditRowsQuery & { size?: number }) => {
  const { records, ...rest } = await store.rows({
    plan: planOf(query, calendar),
    offset,
    limit,
    ...(size && { size }),
  });
  return { seqs: records.map(({ seq }) => seq), ...rest };
};
const rowOf = ({ to, ...query }: AuditRowQuery) =>
  store.rowOf({ plan: planOf(query, calendar), below: placeOf(to, store, calendar) });

test('the middle and the end of everything', async () => {
  const all = { size: SIZE, total: SIZE, estimate: SIZE, whole: true };
  expect(await rows({ offset: SIZE / 2 })).toEqual({ seqs: [SIZE / 2 - 1, SIZE / 2 - 2], ...all });
  expect(await rows({ offset: SIZE - 1 })).toEqual({ seqs: [0], ...all });
  expect(await rows({ size: 10, offset: 8 })).toMatchObject({ seqs: [1, 0], total: 10 });
});

test('the middle and the end of what words find, counted until it is exact', async () => {
  const query = { text: 'ok' };
  let page = await rows(query);
  while (!page.whole || page.unindexed !== undefined) page = await rows(query);
  expect(page).toEqual({ seqs: [99_999, 99_998], size: SIZE, total: 90_000, estimate: 90_000, whole: true });
  expect((await rows({ ...query, offset: 45_000 })).seqs).toEqual([49_999, 49_998]);
  expect((await rows({ ...query, offset: 89_999 })).seqs).toEqual([1]);
});

test('a time and a record have their row, also in what a search leaves', async () => {
  const time = new Date(BEGIN + 60_000 * MINUTE).toISOString();
  expect(await rowOf({ to: { time } })).toEqual({ row: 39_999, reached: true });
  expect(await rowOf({ to: { record: middle } })).toEqual({ row: 49_999, reached: true });
  const { row } = await rowOf({ text: 'failed', to: { time } });
  expect((await rows({ text: 'failed', offset: row, limit: 1 })).seqs).toEqual([60_000]);
  expect((await rowOf({ to: { time: '2020-01-01' } })).row).toBe(SIZE);
  expect((await rowOf({ to: { time: 'now' } })).row).toBe(0);
});

test('a time that is none, and a record that is unknown, are refused', () => {
  expect(() => rowOf({ to: { time: 'soonish' } })).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'INPUT_INVALID' }) }),
  );
  expect(() => rowOf({ to: { record: newId() } })).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'NOT_FOUND' }) }),
  );
});
