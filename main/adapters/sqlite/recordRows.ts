/** Reading records of `ledger.db`: prepared once for one connection. */
import type Database from 'better-sqlite3';
import { id, timestamp } from '../../contract/names.ts';
import { type LedgerRecord, type RecordView, record } from '../../contract/record.ts';
import type { StoredCheckpoint, StoredPayload, StoredRecord } from '../../services/audit/ports.ts';
import { unpackPayload } from './payloadBody.ts';
import { firstReached, type Run, runsOf } from './segments.ts';

const NO_ID = '00000000-0000-0000-0000-000000000000';
const NO_TIME = '1970-01-01T00:00:00.000000Z';
/** The time of every so manieth record is remembered. */
const REMEMBERED = 4096;
const COLUMNS = 'seq, id, at, type, session, server, tool, decision, call, slot, leaf';

export class RecordRows {
  readonly #db: Database.Database;
  readonly #newest: Database.Statement<[], number | null>;
  readonly #from: Database.Statement<[number, number], StoredRecord>;
  readonly #one: Database.Statement<[number], StoredRecord>;
  readonly #id: Database.Statement<[number], string>;
  readonly #at: Database.Statement<[number], string>;
  /** By sequence, of the records that every search by time looks at. */
  readonly #times = new Map<number, string>();
  readonly #nodes: Database.Statement<[number, number], { seq: number; hashes: Uint8Array }>;
  readonly #payload: Database.Statement<[number], { key: Uint8Array; codec: number; body: Uint8Array }>;
  readonly #segments: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#newest = db.prepare<[], number | null>('SELECT max(seq) FROM records').pluck();
    this.#from = db.prepare(`SELECT ${COLUMNS} FROM records WHERE seq >= ? ORDER BY seq LIMIT ?`);
    this.#one = db.prepare(`SELECT ${COLUMNS} FROM records WHERE seq = ?`);
    this.#id = db.prepare<[number], string>('SELECT id FROM records WHERE seq >= ? ORDER BY seq LIMIT 1').pluck();
    this.#at = db.prepare<[number], string>('SELECT at FROM records WHERE seq >= ? ORDER BY seq LIMIT 1').pluck();
    this.#nodes = db.prepare('SELECT seq, hashes FROM nodes WHERE seq >= ? ORDER BY seq LIMIT ?');
    this.#payload = db.prepare('SELECT key, codec, body FROM payloads WHERE seq = ?');
    this.#segments = db.prepare<[], number>('SELECT first FROM segments ORDER BY first').pluck();
  }

  size(): number {
    return (this.#newest.get() ?? -1) + 1;
  }
  from(seq: number, limit: number): StoredRecord[] {
    return this.#from.all(seq, limit);
  }
  one(seq: number): StoredRecord | undefined {
    return this.#one.get(seq);
  }
  slots(size: number): StoredRecord[] {
    const sql = `SELECT ${COLUMNS} FROM records WHERE seq IN (SELECT max(seq) FROM records WHERE slot IS NOT NULL AND seq < ? GROUP BY slot) ORDER BY seq`;
    return this.#db.prepare<[number], StoredRecord>(sql).all(size);
  }
  nodes(seq: number, limit: number): { seq: number; hashes: Uint8Array }[] {
    return this.#nodes.all(seq, limit);
  }
  segments(): number[] {
    return this.#segments.all();
  }
  newest(slot: string, size: number): StoredRecord | undefined {
    const sql = `SELECT ${COLUMNS} FROM records WHERE slot = ? AND seq < ? ORDER BY seq DESC LIMIT 1`;
    return this.#db.prepare<[string, number], StoredRecord>(sql).get(slot, size);
  }
  checkpoints(): StoredCheckpoint[] {
    const sql = 'SELECT size, note, open_from AS openFrom FROM checkpoints ORDER BY number';
    return this.#db.prepare<[], StoredCheckpoint>(sql).all();
  }
  lastCheckpoint(): StoredCheckpoint | undefined {
    const sql = 'SELECT size, note, open_from AS openFrom FROM checkpoints ORDER BY number DESC LIMIT 1';
    return this.#db.prepare<[], StoredCheckpoint>(sql).get();
  }
  payload(seq: number): StoredPayload | undefined {
    const row = this.#payload.get(seq);
    return row && { key: row.key, bytes: unpackPayload(row) };
  }

  /** The oldest record whose payload is kept; null when none is. */
  oldestPayload(): number | null {
    return this.#db.prepare<[], number | null>('SELECT min(seq) FROM payloads').pluck().get() ?? null;
  }

  /** The kept payload as text; null when there is none, or when it is damaged, which the verifier names. */
  payloadText(seq: number): string | null {
    try {
      const payload = this.payload(seq);
      return payload === undefined ? null : Buffer.from(payload.bytes).toString();
    } catch {
      return null;
    }
  }

  runs(): Run[] {
    return runsOf(this.segments(), this.size());
  }

  byId(id: string): StoredRecord | undefined {
    for (const run of this.runs().reverse()) {
      const seq = firstReached(run, (middle) => (this.#id.get(middle) ?? id) >= id);
      const found = seq < run.end ? this.one(seq) : undefined;
      if (found?.id === id) return found;
    }
    return undefined;
  }

  /** Whether a record is from this time on; true behind the newest. */
  reached(seq: number, time: string): boolean {
    const at = this.#times.get(seq) ?? this.#at.get(seq);
    if (at !== undefined && seq % REMEMBERED === 0) this.#times.set(seq, at);
    return (at ?? time) >= time;
  }

  /** The sequences of each run with `after` <= at < `before`, newest run first. */
  between(after: string | undefined, before: string | undefined): Run[] {
    return this.runs()
      .reverse()
      .map((run) => ({
        first: after === undefined ? run.first : firstReached(run, (seq) => this.reached(seq, after)),
        end: before === undefined ? run.end : firstReached(run, (seq) => this.reached(seq, before)),
      }))
      .filter(({ first, end }) => first < end);
  }

  /** The record as its leaf says it, with its payload's text unless that is longer than `longest` bytes. */
  view(seq: number, longest = Number.POSITIVE_INFINITY): RecordView | undefined {
    const row = this.one(seq);
    if (row === undefined) return undefined;
    const record = leafOf(row);
    if (record === null) return unreadable(row);
    const wanted = record.payload !== undefined && record.payload.bytes <= longest;
    return { ...record, seq, payloadText: wanted ? this.payloadText(seq) : null };
  }
}

/** The record a row's leaf says; null when it says none, which the verifier names. */
function leafOf(row: StoredRecord): LedgerRecord | null {
  try {
    const said = JSON.parse(Buffer.from(row.leaf).toString());
    return record.safeParse(said).success ? said : null;
  } catch {
    return null;
  }
}

/** Stands where a row can no longer be read, so that it is seen, and keeps no other from being read. */
function unreadable(row: StoredRecord): RecordView {
  return {
    type: 'alarm',
    event: 'unreadable',
    id: id.safeParse(row.id).data ?? NO_ID,
    at: timestamp.safeParse(row.at).data ?? NO_TIME,
    seq: row.seq,
    payloadText: null,
  };
}
