import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { openLedgerSource } from '../../adapters/sqlite/ledgerStore.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { RecordDraft } from '../../contract/record.ts';
import { FOR_EVER } from '../../contract/retention.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { appendLeaf, EMPTY_FRONTIER, leafHash } from '../../core/ledger/merkle.ts';
import type { Audit, AuditDeps } from './audit.ts';
import { DROPPED, slotOf } from './dropped.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import { LedgerKey } from './ledgerKey.ts';
import { verifyLedger } from './verify.ts';

const DAY_MS = 86_400_000;

/** Appends records with payloads, each with a word of its own. */
function append(audit: Audit, ...words: string[]): string[] {
  return words.map(
    (word) =>
      audit.writer.append(
        { type: 'outcome', event: 'ok', server: 'fs', tool: 'read_file' },
        { kind: 'result', bytes: Buffer.from(JSON.stringify({ text: word })) },
      ).id,
  );
}

async function found(audit: Audit, words: string): Promise<number> {
  return (await audit.reader.search({ words })).records.length;
}

/** The files in which these letters stand. */
function filesWith(folder: LedgerFolder, letters: string): string[] {
  return readdirSync(folder.path).filter((name) => readFileSync(folder.file(name)).includes(letters));
}

function prove(folder: LedgerFolder) {
  const source = openLedgerSource(folder.file('ledger.db'));
  const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
  return verifyLedger({ source, crypto: ledgerCrypto, key }).finally(() => source.close());
}

test('payloads beyond the newest so many records are dropped, their leaves stay, and the ledger still proves', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  const [first] = append(audit, 'alpha', 'beta', 'gamma', 'delta');
  expect(await audit.retention.effect({ ...FOR_EVER, records: 2 })).toMatchObject({ payloads: 2, below: 2 });
  await audit.retention.set({ ...FOR_EVER, records: 3 }, { person: 'ada', via: 'window' });
  // The decision is a record itself: of the newest three, two have a payload.
  expect(await audit.retention.state()).toMatchObject({ limits: { records: 3 }, kept: { payloads: 2 }, below: 2 });
  expect(await audit.reader.show(first ?? '')).toMatchObject([{ tool: 'read_file', payloadText: null }]);
  expect(await audit.reader.search({ type: 'retention' })).toMatchObject({
    records: [
      { event: 'dropped', detail: { payloads: 2, below: 2 } },
      { event: 'set', person: 'ada' },
    ],
  });
  expect(await audit.reader.verify()).toMatchObject({ ok: true, records: 6 });
  await audit.close();
  expect(await prove(folder)).toMatchObject({ ok: true });
});

test('what was dropped is found by no word, in no file', { timeout: 40_000 }, async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  // So many that the index has merged parts of itself, and left space behind.
  const words = Array.from({ length: 6000 }, (_, at) => `abracadabra${at}`);
  append(audit, ...words, 'hocuspocus');
  await expect.poll(() => found(audit, 'abracadabra5999'), { timeout: 10_000 }).toBe(1);
  expect(await found(audit, 'abracadabra0')).toBe(1);
  await audit.retention.set({ ...FOR_EVER, records: 2 }, { person: 'ada', via: 'window' });
  await expect.poll(() => found(audit, 'abracadabra5999'), { timeout: 10_000 }).toBe(0);
  expect(await found(audit, 'hocuspocus')).toBe(1);
  // Words go step by step, and what is not gone yet goes on at the next start.
  const inIndex = () => filesWith(folder, 'abracadabra').filter((name) => name.startsWith('words'));
  await expect.poll(inIndex, { timeout: 10_000 }).toEqual([]);
  await audit.close();
  expect(filesWith(folder, 'abracadabra')).toEqual([]);
});

test('by age: what is older than so many days', async () => {
  await using folder = new LedgerFolder();
  let wall = Date.UTC(2026, 0, 1);
  const clock = systemClock(() => wall);
  const audit = await folder.open({ clock });
  append(audit, 'old');
  wall += 40 * DAY_MS;
  append(audit, 'new');
  await audit.retention.set({ ...FOR_EVER, days: 30 }, { person: 'ada', via: 'window' });
  expect(await audit.retention.state()).toMatchObject({ kept: { payloads: 1 }, below: 1 });
  wall += 40 * DAY_MS;
  await audit.retention.apply();
  expect(await audit.retention.state()).toMatchObject({ kept: { payloads: 0 } });
});

test('by size: the newest that fit', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 'a'.repeat(100), 'b'.repeat(100), 'c'.repeat(100));
  expect(await audit.retention.effect({ ...FOR_EVER, bytes: 250 })).toMatchObject({ payloads: 1, below: 1 });
  expect(await audit.retention.effect({ ...FOR_EVER, bytes: 1000 })).toMatchObject({ payloads: 0 });
});

test('what the collector has not confirmed is kept, whatever the limits say', async () => {
  await using folder = new LedgerFolder();
  let confirmed = 1;
  const audit = await folder.open({ heldFrom: () => confirmed } satisfies Partial<AuditDeps>);
  append(audit, 'one', 'two', 'three');
  await audit.retention.set({ ...FOR_EVER, records: 1 }, { person: 'ada', via: 'window' });
  expect(await audit.retention.state()).toMatchObject({ kept: { payloads: 2 }, below: 1 });
  confirmed = 3;
  await audit.retention.apply();
  expect(await audit.retention.state()).toMatchObject({ kept: { payloads: 0 }, below: 3 });
});

test('a crash between the record and the dropping is made good at the next start', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  append(audit, 'one', 'two');
  const detail = { below: 1, payloads: 1, bytes: 14 };
  audit.sealed.put('retention', 'dropped', { below: 1 }, { type: 'retention', event: 'dropped', detail });
  await audit.close();
  expect(await prove(folder)).toMatchObject({ ok: true });
  const again = await folder.open();
  await again.retention.apply();
  expect(await again.retention.state()).toMatchObject({ kept: { payloads: 1 }, below: 1 });
});

/** A record as anybody with the disk could put it behind the others, tree and all; only its signature is missing. */
function appendForged(db: Database.Database, draft: RecordDraft): void {
  const leaves = db.prepare<[], Buffer>('SELECT leaf FROM records ORDER BY seq').pluck().all();
  const record = { ...draft, id: newId(), at: systemClock().now() };
  const leaf = encodeLeaf(record);
  let step: ReturnType<typeof appendLeaf> = { frontier: EMPTY_FRONTIER, nodes: [] };
  for (const one of [...leaves, leaf])
    step = appendLeaf(ledgerCrypto.sha256, step.frontier, leafHash(ledgerCrypto.sha256, one));
  const seq = leaves.length;
  const columns = [seq, record.id, record.at, record.type, null, null, null, null, null, record.digests?.slot ?? null];
  db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...columns, leaf);
  db.prepare('INSERT INTO nodes VALUES (?, ?)').run(seq, Buffer.concat(step.nodes));
}

describe('nobody else drops payloads', () => {
  test('one that is missing above what the ledger says was dropped is a fault', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 'one', 'two', 'three');
    await audit.retention.set({ ...FOR_EVER, records: 3 }, { person: 'ada', via: 'window' });
    await audit.close();
    folder.tamper('ledger.db', (db) => db.exec('DELETE FROM payloads WHERE seq = 2'));
    expect(await prove(folder)).toMatchObject({ ok: false, fault: { kind: 'payload', seq: 2 } });
  });

  test('a record behind the last signed head, which anybody could append, drops none', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 'one', 'two', 'three');
    await audit.close();
    folder.tamper('ledger.db', (db) => {
      db.exec('DELETE FROM payloads');
      appendForged(db, {
        type: 'retention',
        event: 'dropped',
        digests: { slot: slotOf(ledgerCrypto.sha256, DROPPED.kind, DROPPED.key) },
        detail: { below: 3, payloads: 3, bytes: 48 },
      });
    });
    expect(await prove(folder)).toMatchObject({ ok: false, fault: { kind: 'payload', seq: 0 } });
  });

  test('a row that says otherwise is void', async () => {
    await using folder = new LedgerFolder();
    const audit = await folder.open();
    append(audit, 'one', 'two', 'three');
    await audit.retention.set(FOR_EVER, { person: 'ada', via: 'window' });
    await audit.close();
    folder.tamper('state.db', (db) =>
      db.exec(`UPDATE seals SET body = replace(body, '"records":null', '"records":1')`),
    );
    const again = await folder.open();
    expect(again.sealed.voids()).toMatchObject([{ kind: 'retention', key: 'limits' }]);
    expect(await again.retention.state()).toMatchObject({ limits: FOR_EVER, kept: { payloads: 3 } });
  });
});
