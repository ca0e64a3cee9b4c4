/** `ledger.db`: the one writer, and what reads it in place. */
import type Database from 'better-sqlite3';
import type { LedgerEntry, LedgerSource, LedgerStore } from '../../services/audit/ports.ts';
import { openDatabase, openReadOnly, orUnavailable } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerSchema.ts';
import { LedgerWorkerClient } from './ledgerWorkerClient.ts';
import { packPayload } from './payloadBody.ts';
import { RecordRows } from './recordRows.ts';
import { WalSync } from './walSync.ts';

/** Appends after which the worker is asked to index and to move the WAL. */
const TEND_AFTER = 512;

export interface LedgerFiles {
  /** `ledger.db`; made when missing. */
  readonly file: string;
  /** The word index beside it; made when missing, made anew when it does not fit. */
  readonly indexFile: string;
  /** Entry of the worker thread, for bundles; the source beside this file when not given. */
  readonly workerEntry?: URL;
}

/** Opens the ledger's database. Throws `Refused` with DATABASE_NEWER or AUDIT_UNAVAILABLE. */
export function openLedgerStore({ file, indexFile, workerEntry }: LedgerFiles): LedgerStore {
  const db = openDatabase(file, LEDGER_MIGRATIONS);
  const records = orUnavailable(() => new RecordRows(db));
  const wal = new WalSync(db);
  const entry = workerEntry ?? new URL('./ledgerWorker.ts', import.meta.url);
  const worker = new LedgerWorkerClient(entry, { file, indexFile });
  const append = appender(db, records);
  let untended = 0;

  return {
    append(one) {
      append(one);
      untended += 1;
      if (untended < TEND_AFTER) return;
      untended = 0;
      worker.tend();
    },
    sync: () => wal.sync(),
    size: () => orUnavailable(() => records.size()),
    nodes: (seq) => orUnavailable(() => records.nodes(seq, 1).find((row) => row.seq === seq)?.hashes),
    record: (id) => orUnavailable(() => records.byId(id)),
    records: (from, limit) => orUnavailable(() => records.from(from, limit)),
    newestInSlot: (slot) => orUnavailable(() => records.newestInSlot(slot)),
    slots: () => orUnavailable(() => records.slots()),
    view: (seq) => orUnavailable(() => records.view(seq)),
    lastCheckpoint: () => orUnavailable(() => records.lastCheckpoint()),
    addCheckpoint: ({ size, note, openFrom }) =>
      orUnavailable(() => {
        db.prepare('INSERT INTO checkpoints(size, note, open_from) VALUES (?, ?, ?)').run(size, note, openFrom);
      }),
    search: (query) => worker.search(query),
    ofCall: (call) => worker.ofCall(call),
    source: () => openLedgerSource(file),
    async close() {
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
    records: (from, limit) => rows().from(from, limit),
    nodes: (from, limit) => rows().nodes(from, limit),
    segments: () => rows().segments(),
    checkpoints: () => rows().checkpoints(),
    payload: (seq) => rows().payload(seq),
    close: () => opened?.db.close(),
  };
}

function appender(db: Database.Database, records: RecordRows): (entry: LedgerEntry) => void {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const addRecord = db.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addNodes = db.prepare('INSERT INTO nodes VALUES (?, ?)');
  const addPayload = db.prepare('INSERT INTO payloads VALUES (?, ?, ?)');
  const addSegment = db.prepare('INSERT INTO segments VALUES (?)');
  let last = orUnavailable(() => records.one(records.size() - 1)) ?? { id: '', at: '' };

  return ({ seq, record, leaf, nodes, payload, slot }) => {
    const body = payload === null ? null : packPayload(payload);
    const { id, at, type, session, server, tool, decision, call } = record;
    orUnavailable(() => {
      begin.run();
      try {
        addRecord.run(seq, id, at, type, session, server, tool, decision, call, slot, leaf);
        addNodes.run(seq, nodes);
        if (body !== null) addPayload.run(seq, body.codec, body.body);
        if (id <= last.id || at < last.at) addSegment.run(seq);
        commit.run();
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });
    last = { id, at };
  };
}
