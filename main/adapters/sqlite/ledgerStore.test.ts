import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditQuery } from '../../contract/audit.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { localCalendar } from '../../services/audit/localCalendar.ts';
import type { LedgerStore } from '../../services/audit/ports.ts';
import { planOf } from '../../services/audit/searchPlan.ts';
import { systemClock } from '../system/clock.ts';
import { newId } from '../system/ids.ts';
import { WAL_KEPT } from './database.ts';
import { openLedgerStore } from './ledgerStore.ts';

let folder: string;
let store: LedgerStore;
const open = () => openLedgerStore({ file: join(folder, 'ledger.db'), indexFile: join(folder, 'words.db') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-store-'));
  store = open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 3, 0, second)).toISOString().replace('Z', '000Z');

/** Appends a record of these facts as the next one. */
function add(facts: Partial<LedgerRecord> = {}, payload: string | null = null): LedgerRecord {
  const seq = store.size();
  const record: LedgerRecord = { type: 'outcome', event: 'ok', id: newId(), at: at(seq), ...facts };
  if (payload !== null) record.payload = { kind: 'result', kept: '', bytes: payload.length, masked: [] };
  store.append({
    seq,
    record,
    leaf: Buffer.from(JSON.stringify(record)),
    nodes: Buffer.alloc(32),
    payload: payload === null ? null : { key: Buffer.alloc(32), bytes: Buffer.from(payload) },
    slot: null,
  });
  return record;
}
/** Text that is no words, of which half the bytes remain when it is compressed. */
function signs(length: number): string {
  return Buffer.from(randomBytes(length).map((byte) => 0x20 + (byte % 16))).toString();
}
/** A page of what a query finds, as the daemon asks for it. */
const search = ({ cursor, limit = 100, ...query }: AuditQuery) =>
  store.search({ plan: planOf(query, localCalendar(systemClock())), limit, ...(cursor !== undefined && { cursor }) });
const seqs = async (query: AuditQuery) => (await search(query)).records.map(({ seq }) => seq);

test('records, nodes and checkpoints can neither be changed nor removed, payloads only removed', () => {
  add({}, 'text');
  store.addCheckpoint({ size: 1, note: 'note', openFrom: 0 });
  store.addCheckpoint({ size: 1, note: 'after it', openFrom: 0 });
  const db = new Database(join(folder, 'ledger.db'));
  for (const [table, column] of [
    ['records', 'type'],
    ['nodes', 'hashes'],
    ['checkpoints', 'note'],
  ]) {
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('append only');
    expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('append only');
  }
  expect(() => db.exec('UPDATE payloads SET body = body')).toThrow('never changed');
  db.exec('DELETE FROM payloads');
  db.close();
});

test('only the newest checkpoint gives way, and only to one over as much', () => {
  store.addCheckpoint({ size: 1, note: 'first', openFrom: 0 });
  store.addCheckpoint({ size: 2, note: 'second', openFrom: 0 });
  store.replaceCheckpoint({ size: 3, note: 'third', openFrom: 1 });
  expect(() => store.replaceCheckpoint({ size: 2, note: 'fourth', openFrom: 1 })).toThrow();
  const source = store.source();
  expect(source.checkpoints()).toEqual([
    { size: 1, note: 'first', openFrom: 0 },
    { size: 3, note: 'third', openFrom: 1 },
  ]);
  source.close();
});

test('an append that fails leaves nothing behind', () => {
  const { id } = add();
  const record: LedgerRecord = { type: 'daemon', event: 'started', id: newId(), at: at(9) };
  const entry = { record, leaf: Buffer.alloc(1), nodes: Buffer.alloc(32), payload: null, slot: null };
  expect(() => store.append({ ...entry, seq: 0 })).toThrow(expect.objectContaining({ refusal: expect.anything() }));
  expect(store.size()).toBe(1);
  expect(store.record(id)?.seq).toBe(0);
  store.append({ ...entry, seq: 1 });
  expect(store.size()).toBe(2);
});

test('the WAL begins anew while appends never pause', { timeout: 30_000 }, async () => {
  const header = Buffer.alloc(32);
  /** What SQLite counts up whenever it begins the file anew (sqlite.org/fileformat2.html#walformat). */
  const salt = () => {
    const wal = openSync(join(folder, 'ledger.db-wal'), 'r');
    readSync(wal, header, 0, header.length, 0);
    closeSync(wal);
    return header.readUInt32BE(16);
  };
  const beginnings = new Set<number>();
  // As often as it is worth it; a worker that gets no processor takes longer.
  for (let written = 0; written < 40 * WAL_KEPT && beginnings.size < 3; written += 8192) {
    add({}, signs(16_384));
    await new Promise(setImmediate);
    beginnings.add(salt());
  }
  expect(beginnings.size).toBe(3);
});

describe('search', () => {
  test('by words of the record and of its payload, all of them', async () => {
    add({ reason: 'Deleting is irreversible.' }, '{"path":"/srv/alpha.txt"}');
    add({}, '{"path":"/srv/beta.txt"}');
    expect(await seqs({ words: 'SRV txt' })).toEqual([1, 0]);
    expect(await seqs({ words: 'irreversible alpha' })).toEqual([0]);
    expect(await seqs({ words: 'irreversible beta' })).toEqual([]);
    expect(await seqs({ words: 'alph' })).toEqual([]);
    expect(await seqs({ words: '"" OR *' })).toEqual([]);
  });

  test('by words behind breaks of lines, and of a phrase that goes over one', async () => {
    add({}, JSON.stringify({ text: 'first line\nsecond line\tof\r\nthree' }));
    expect(await seqs({ words: 'second three' })).toEqual([0]);
    expect(await seqs({ text: '"first line second"' })).toEqual([0]);
    expect(await seqs({ text: '"second first"' })).toEqual([]);
    expect(await seqs({ words: 'nsecond' })).toEqual([]);
  });

  test('by what a record says, and by no name that all records share', async () => {
    const record = add({ server: 'fs', client: { name: 'cursor' } as never, reason: 'nothing of it' });
    expect(await seqs({ text: `cursor ${record.id}` })).toEqual([0]);
    expect(await seqs({ words: 'client' })).toEqual([]);
    expect(await seqs({ text: '"fs cursor"' })).toEqual([]);
  });

  test('by the beginning of a file in a result, and by none of the many words that its letters would make', async () => {
    const data = Array.from({ length: 3000 }, (_, at) => `part${at}`).join('/');
    add({}, JSON.stringify({ type: 'image', data }));
    expect(await seqs({ words: 'image part3' })).toEqual([0]);
    expect(await seqs({ words: 'part2500' })).toEqual([]);
  });

  test('by facets, which no word of a text is', async () => {
    const session = newId();
    add({ type: 'intent', server: 'fs', tool: 'write_file', decision: 'ask', session });
    add({ type: 'refused', server: 'git', tool: 'push', decision: 'deny', reason: 'fs write_file' });
    expect(await seqs({ server: 'fs' })).toEqual([0]);
    expect(await seqs({ tool: 'push', decision: 'deny', type: 'refused' })).toEqual([1]);
    expect(await seqs({ session })).toEqual([0]);
    expect(await seqs({ server: 'FS' })).toEqual([]);
  });

  describe('in the words of a person', () => {
    test('a field, a pattern, several values, and the opposite', async () => {
      add({ server: 'github', tool: 'delete_repo', decision: 'deny', client: { name: 'claude-code' } as never });
      add({ server: 'github', tool: 'delete_file', decision: 'ask' });
      add({ server: 'fs', tool: 'read_file', decision: 'allow' });
      expect(await seqs({ text: 'server:github tool:delete_*' })).toEqual([1, 0]);
      expect(await seqs({ text: 'tool:*_file' })).toEqual([2, 1]);
      expect(await seqs({ text: 'tool:move_*' })).toEqual([]);
      expect(await seqs({ text: 'verdict:denied,allowed' })).toEqual([2, 0]);
      expect(await seqs({ text: '-verdict:allow' })).toEqual([1, 0]);
      expect(await seqs({ text: 'server:github -tool:delete_repo' })).toEqual([1]);
      expect(await seqs({ text: 'client:claude-code' })).toEqual([0]);
    });

    test('beginnings of words, and words in this order', async () => {
      add({}, '{"text":"the invoice was paid"}');
      add({}, '{"text":"paid was the invoice"}');
      expect(await seqs({ text: 'invo*' })).toEqual([1, 0]);
      expect(await seqs({ text: '"was paid"' })).toEqual([0]);
      expect(await seqs({ text: 'invoice -"was paid"' })).toEqual([1]);
      expect(await seqs({ text: '"Invoice, WAS paid"' })).toEqual([0]);
    });

    test('how long it took, to the millisecond', async () => {
      for (const durationMs of [0.4, 90, 1999, 2000, 2001, 70_000]) add({ durationMs });
      add();
      expect(await seqs({ text: 'slower:2s' })).toEqual([5, 4, 3]);
      expect(await seqs({ text: 'faster:90ms' })).toEqual([1, 0]);
      expect(await seqs({ text: 'slower:1s faster:2s' })).toEqual([3, 2]);
    });

    test('what means nothing is said with its word', async () => {
      await expect(async () => seqs({ text: 'verdict:maybe' })).rejects.toMatchObject({
        refusal: { code: 'INPUT_INVALID', detail: expect.stringContaining('“maybe”') },
      });
    });

    test('how many over time, and how many of them were denied', async () => {
      for (let turn = 0; turn < 40; turn += 1) add({ server: 'fs', decision: turn % 4 === 0 ? 'deny' : 'allow' });
      const counted = (query: AuditQuery) => store.counts(planOf(query, localCalendar(systemClock())), 4);
      const counts = await counted({ server: 'fs' });
      expect(counts).toMatchObject({ atMost: false, step: 9751, counts: [{ all: 10, denied: 3 }, {}, {}, {}] });
      expect(counts?.counts.reduce((sum, { all }) => sum + all, 0)).toBe(40);
      expect(counts?.counts.reduce((sum, { denied }) => sum + denied, 0)).toBe(10);
      expect((await counted({ text: 'after:2026-11-21T03:00:38Z' }))?.counts).toHaveLength(2);
      add({ reason: 'words the other way round' });
      expect(await counted({ text: '"round way"' })).toMatchObject({ atMost: true });
    });

    test('values that were seen, the newest first', async () => {
      add({ server: 'fs' });
      add({ server: 'git' });
      expect((await store.known()).server).toEqual(['git', 'fs']);
    });
  });

  test('newest first, page by page', async () => {
    for (let turn = 0; turn < 7; turn += 1) add({ server: 'fs' });
    const first = await search({ server: 'fs', limit: 3 });
    expect(first).toMatchObject({ total: 7, next: 4 });
    const second = await search({ server: 'fs', limit: 3, cursor: first.next ?? 0 });
    expect(second.records.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    const last = await search({ limit: 3, cursor: second.next ?? 0 });
    expect(last).toMatchObject({ total: 7, next: null, records: [{ seq: 0 }] });
  });

  test('by time, the beginning included and the end not, also after the clock was set back', async () => {
    for (const second of [10, 20, 30, 5, 15, 25]) add({ at: at(second), server: 'fs' });
    expect(await seqs({ after: at(15), before: at(30) })).toEqual([5, 4, 1]);
    expect(await seqs({ after: at(15), before: at(30), server: 'fs' })).toEqual([5, 4, 1]);
    expect((await search({ after: at(20), limit: 1 })).total).toBe(3);
  });

  test('a payload that is long is left to the detail view', async () => {
    const { id } = add({ call: newId() }, `{"text":"${'word '.repeat(1000)}"}`);
    const [found] = (await search({ words: 'word' })).records;
    expect(found).toMatchObject({ id, payloadText: null });
    expect(store.view(0)?.payloadText).toContain('word word');
    expect((await store.ofCall(found?.call ?? ''))[0]?.payloadText).toContain('word word');
  });

  test('more than a batch, and what was appended just before', async () => {
    for (let turn = 0; turn < 1200; turn += 1) add({ tool: turn % 2 ? 'odd' : 'even' });
    expect(await search({ tool: 'odd', limit: 1 })).toMatchObject({ total: 600, records: [{ seq: 1199 }] });
    add({ tool: 'odd' });
    expect((await search({ tool: 'odd', limit: 1 })).total).toBe(601);
  });

  test('an index that belongs to another ledger, or is gone, is made anew', async () => {
    add({ server: 'fs' });
    add({ server: 'git' });
    expect(await seqs({ server: 'git' })).toEqual([1]);
    await store.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `ledger.db${end}`), { force: true });
    store = open();
    add({ server: 'web' });
    add({ server: 'fs' });
    expect(await seqs({ server: 'git' })).toEqual([]);
    expect(await seqs({ server: 'fs' })).toEqual([1]);
    await store.close();
    rmSync(join(folder, 'words.db'));
    store = open();
    expect(await seqs({ server: 'fs' })).toEqual([1]);
  });
});

test('records are found by id on both sides of a clock set back', () => {
  const ids = [30, 31, 5, 6].map((second) => add({ at: at(second) }).id);
  const early = add({ id: '01000000-0000-7000-8000-000000000000' }).id;
  for (const [seq, id] of [...ids, early].entries()) expect(store.record(id)?.seq).toBe(seq);
  expect(store.record('00000000-0000-7000-8000-000000000000')).toBeUndefined();
});

test('a worker that cannot be started refuses the search, not the writing', async () => {
  const other = openLedgerStore({
    file: join(folder, 'other.db'),
    indexFile: join(folder, 'other-words.db'),
    workerEntry: new URL('./nothing-here.ts', import.meta.url),
  });
  await expect(other.search({ plan: { terms: [] }, limit: 1 })).rejects.toMatchObject({
    refusal: { code: 'AUDIT_UNAVAILABLE' },
  });
  expect(other.size()).toBe(0);
  await other.close();
});
