/** `ledger.db`: the one writer, and what reads it in place. */
import type Database from 'better-sqlite3';
import type { LedgerSource, LedgerStore } from '../../services/audit/ports.ts';
import { openDatabase, openReadOnly, orUnavailable } from './database.ts';
import { LedgerJournal, type WaitingEntry } from './ledgerJournal.ts';
import { LEDGER_MIGRATIONS } from './ledgerSchema.ts';
import { LedgerWorkerClient } from './ledgerWorkerClient.ts';
import { packPayload } from './payloadBody.ts';
import { RecordRows } from './recordRows.ts';
import { WalSync } from './walSync.ts';

/** Records taken after which the worker is asked to index and to move the WAL. */
const TEND_AFTER = 512;

export interface LedgerFiles {
  /** `ledger.db`; made when missing, and beside it the journal's two files. */
  readonly file: string;
  /** The word index beside it; made when missing, made anew when it does not fit. */
  readonly indexFile: string;
  /** Entry of the worker thread, for bundles; the source beside this file when not given. */
  readonly workerEntry?: URL;
}

/** Opens the ledger's database. Throws `Refused` with DATABASE_NEWER or AUDIT_UNAVAILABLE. */
export function openLedgerStore({ file, indexFile, workerEntry }: LedgerFiles): LedgerStore {
  const db = openDatabase(file, LEDGER_MIGRATIONS);
  try {
    return openOver(db, { file, indexFile, ...(workerEntry && { workerEntry }) });
  } catch (error) {
    db.close();
    throw error;
  }
}

function openOver(db: Database.Database, { file, indexFile, workerEntry }: LedgerFiles): LedgerStore {
  const records = orUnavailable(() => new RecordRows(db));
  const worker = new LedgerWorkerClient(
    workerEntry ?? new URL('./ledgerWorker.ts', import.meta.url),
    { file, indexFile },
    (on) => journal.pause(on),
  );
  const wal = new WalSync(db);
  const insert = inserter(db, records);
  // What is dropped is overwritten: a page of the file may live on for years.
  db.pragma('secure_delete = ON');
  const drop = db.prepare<[number, number]>(
    'DELETE FROM payloads WHERE seq IN (SELECT seq FROM payloads WHERE seq < ? ORDER BY seq LIMIT ?)',
  );
  let untended = 0;
  const journal = new LedgerJournal(`${file}-entries`, {
    size: () => orUnavailable(() => records.size()),
    leaf: (seq) => orUnavailable(() => records.one(seq)?.leaf),
    insert(entries) {
      insert(entries);
      untended += entries.length;
      if (untended < TEND_AFTER) return;
      untended = 0;
      worker.tend();
    },
    sync: () => wal.sync(),
    syncNow: () => orUnavailable(() => wal.syncNow()),
  });
  /** What reads a record reads it in the database. */
  const settled = <T>(read: () => T): T => {
    journal.settle();
    return orUnavailable(read);
  };

  return {
    damage: journal.damage,
    append: (entry) => journal.append(entry),
    sync: () => journal.sync(),
    size: () => journal.size(),
    nodes(seq) {
      journal.settle(seq);
      return orUnavailable(() => records.nodes(seq, 1).find((row) => row.seq === seq)?.hashes);
    },
    record: (id) => settled(() => records.byId(id)),
    records: (from, limit) => settled(() => records.from(from, limit)),
    slots: (size) => settled(() => records.slots(size)),
    view: (seq) => settled(() => records.view(seq)),
    async payloadsBelow(limits) {
      journal.settle();
      return worker.payloadsBelow(limits);
    },
    dropPayloads: (below, limit) =>
      settled(() => {
        const { changes } = drop.run(below, limit);
        if (changes < limit) worker.tend();
        return changes;
      }),
    lastCheckpoint: () => orUnavailable(() => records.lastCheckpoint()),
    addCheckpoint: ({ size, note, openFrom }) =>
      settled(() => {
        db.prepare('INSERT INTO checkpoints(size, note, open_from) VALUES (?, ?, ?)').run(size, note, openFrom);
      }),
    replaceCheckpoint: ({ size, note, openFrom }) =>
      settled(() => {
        const sql =
          'UPDATE checkpoints SET size = ?, note = ?, open_from = ? WHERE number = (SELECT max(number) FROM checkpoints)';
        db.prepare(sql).run(size, note, openFrom);
      }),
    syncCheckpoints: () => wal.sync(),
    async search(query) {
      journal.settle();
      return worker.search(query);
    },
    async rows(query) {
      journal.settle();
      return worker.rows(query);
    },
    async rowOf(query) {
      journal.settle();
      return worker.rowOf(query);
    },
    before: (time) => settled(() => records.between(undefined, time)[0]?.end ?? 0),
    async oldest(query) {
      journal.settle();
      return worker.oldest(query);
    },
    async counts(plan, steps) {
      journal.settle();
      return worker.counts(plan, steps);
    },
    async known() {
      journal.settle();
      return worker.known();
    },
    async ofCall(call) {
      journal.settle();
      return worker.ofCall(call);
    },
    source() {
      journal.settle();
      return openLedgerSource(file);
    },
    async close() {
      await journal.close();
      await worker.close();
      await wal.close();
      db.close();
    },
  };
}

/** The ledger for a verifier: a connection of its own, opened at the first reading, so that a file that is no database is found as such. */
export function openLedgerSource(file: string): LedgerSource {
  let opened: { db: Database.Database; records: RecordRows } | null = null;
  const rows = (): RecordRows => {
    if (opened === null) {
      const db = openReadOnly(file);
      try {
        opened = { db, records: new RecordRows(db) };
      } catch (error) {
        db.close();
        throw error;
      }
    }
    return opened.records;
  };
  return {
    size: () => rows().size(),
    records: (from, limit) => rows().from(from, limit),
    nodes: (from, limit) => rows().nodes(from, limit),
    segments: () => rows().segments(),
    newest: (slot, size) => rows().newest(slot, size),
    checkpoints: () => rows().checkpoints(),
    payload: (seq) => rows().payload(seq),
    close: () => opened?.db.close(),
  };
}

/** Takes entries in their order, all of them or none. */
function inserter(db: Database.Database, records: RecordRows): (entries: readonly WaitingEntry[]) => void {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const addRecord = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addNodes = db.prepare('INSERT INTO nodes VALUES (?, ?)');
  const addPayload = db.prepare('INSERT INTO payloads VALUES (?, ?, ?, ?)');
  const addSegment = db.prepare('INSERT INTO segments VALUES (?)');
  let last = orUnavailable(() => records.one(records.size() - 1)) ?? { id: '', at: '' };

  return (entries) =>
    orUnavailable(() => {
      let before: { readonly id: string; readonly at: string } = last;
      begin.run();
      try {
        for (const { entry, packed } of entries) {
          const { seq, record, leaf, nodes, payload, slot } = entry;
          const { id, at, type, session, server, tool, decision, call } = record;
          addRecord.run(seq, id, at, type, session, server, tool, decision, call, slot, leaf);
          addNodes.run(seq, nodes);
          if (payload !== null) {
            const { codec, body } = packed ?? packPayload(payload.bytes);
            addPayload.run(seq, payload.key, codec, body);
          }
          if (id <= before.id || at < before.at) addSegment.run(seq);
          before = record;
        }
        commit.run();
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
      last = before;
    });
}
