/** The word index: a file of its own, derived from `ledger.db` and made anew whenever it does not continue it. */
import type Database from 'better-sqlite3';
import type { LedgerRecord } from '../../contract/record.ts';
import type { StoredRecord } from '../../services/audit/ports.ts';
import { type Migration, openDatabase } from './database.ts';
import { KnownValues } from './knownValues.ts';
import type { RecordRows } from './recordRows.ts';
import { EVERY, recordTerms } from './recordTerms.ts';
import type { Run } from './segments.ts';
import { wordsOf } from './words.ts';

const MIGRATIONS: readonly Migration[] = [
  `
CREATE VIRTUAL TABLE words USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE progress(one INTEGER PRIMARY KEY CHECK(one = 1), next INTEGER NOT NULL, last TEXT) STRICT;
INSERT INTO progress VALUES (1, 0, NULL);
`,
  `
ALTER TABLE progress ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
CREATE TABLE known(field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(field, value)) STRICT;
INSERT INTO words(words) VALUES ('delete-all');
UPDATE progress SET next = 0, last = NULL;
`,
];

/**
 * Numbers are bound as floating-point, with which FTS5 does not seek: it would read everything that matches, and leave
 * the range to be checked row by row.
 */
const WITHIN = 'words MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER)';

export class WordIndex {
  readonly #db: Database.Database;
  readonly #records: RecordRows;
  readonly #add: Database.Statement<[number, string]>;
  readonly #setProgress: Database.Statement<[number, string]>;
  readonly #batch: (limit: number) => number;
  readonly #shedding: (limit: number) => boolean;
  readonly known: KnownValues;
  #next: number;

  constructor(file: string, records: RecordRows) {
    this.#db = openDatabase(file, MIGRATIONS);
    this.#db.pragma('wal_autocheckpoint = 1000');
    this.#db.pragma('cache_size = -8000');
    this.#records = records;
    this.#add = this.#db.prepare('INSERT INTO words(rowid, terms) VALUES (?, ?)');
    this.#setProgress = this.#db.prepare('UPDATE progress SET next = ?, last = ?');
    this.#batch = this.#db.transaction((limit: number) => this.#addBatch(limit));
    this.#shedding = this.#db.transaction((limit: number) => this.#shedBatch(limit));
    this.known = new KnownValues(this.#db);
    this.#next = this.#continues();
  }

  /** Adds the next records, at most `limit`, as one transaction; returns how many there were. */
  add(limit: number): number {
    return this.#batch(limit);
  }

  /** Takes the words of dropped payloads out, of at most `limit` records, as one transaction; says whether there may be more. */
  shed(limit: number): boolean {
    return this.#shedding(limit);
  }

  /**
   * The newest matching sequences below `below`, newest first, within these runs (newest first), the first `skip` of them
   * left out: passing over a million takes some 40 ms.
   */
  find(terms: string, runs: readonly Run[], below: number, limit: number, skip = 0): number[] {
    const statement = this.#db
      .prepare<[string, number, number, number, number], number>(
        `SELECT rowid FROM words WHERE ${WITHIN} ORDER BY rowid DESC LIMIT ? OFFSET ?`,
      )
      .pluck();
    const found: number[] = [];
    let passed = 0;
    for (const { first, end } of runs) {
      if (found.length === limit) break;
      const last = Math.min(end, below);
      const seqs = statement.all(terms, first, last, limit - found.length, skip - passed);
      found.push(...seqs);
      // A run that has no more than is left out says nothing of how many those are.
      passed = seqs.length > 0 ? skip : passed + (skip > passed ? this.count(terms, [{ first, end: last }], skip) : 0);
    }
    return found;
  }

  /** The oldest matching sequences from `from` on, oldest first, within these runs (oldest first). */
  findOldest(terms: string, runs: readonly Run[], from: number, limit: number): number[] {
    const statement = this.#db
      .prepare<[string, number, number, number], number>(
        `SELECT rowid FROM words WHERE ${WITHIN} ORDER BY rowid LIMIT ?`,
      )
      .pluck();
    const found: number[] = [];
    for (const { first, end } of runs) {
      if (found.length === limit) break;
      found.push(...statement.all(terms, Math.max(first, from), end, limit - found.length));
    }
    return found;
  }

  /** How many records of these runs match, counted no further than `most`. */
  count(terms: string, runs: readonly Run[], most: number): number {
    const statement = this.#db
      .prepare<[string, number, number, number], number>(
        `SELECT count(*) FROM (SELECT 1 FROM words WHERE ${WITHIN} LIMIT ?)`,
      )
      .pluck();
    let count = 0;
    for (const { first, end } of runs) {
      if (count >= most) break;
      count += statement.get(terms, first, end, most - count) ?? 0;
    }
    return count;
  }

  close(): void {
    this.#db.close();
  }

  /** Where to go on; from the start when the last record that was indexed is not in this ledger at its place. */
  #continues(): number {
    const sql = 'SELECT next, last FROM progress';
    const { next, last } = this.#db.prepare<[], { next: number; last: string | null }>(sql).get() ?? {
      next: 0,
      last: null,
    };
    if (next === 0 || this.#records.one(next - 1)?.id === last) return next;
    this.#db.exec(
      "INSERT INTO words(words) VALUES ('delete-all'); UPDATE progress SET next = 0, last = NULL, dropped = 0",
    );
    return 0;
  }

  #addBatch(limit: number): number {
    const rows = this.#records.from(this.#next, limit);
    for (const row of rows) this.#add.run(row.seq, this.#termsOf(row));
    const last = rows.at(-1);
    if (last) {
      this.#next = last.seq + 1;
      this.#setProgress.run(this.#next, last.id);
    }
    return rows.length;
  }

  #termsOf(row: StoredRecord): string {
    const leaf = Buffer.from(row.leaf).toString();
    const record = parsed(leaf);
    if (record === null) return [EVERY, ...wordsOf(leaf)].join(' ');
    this.known.saw(record);
    return recordTerms(record, leaf, this.#records.payloadText(row.seq)).join(' ');
  }

  /** Payloads are dropped oldest first: below the oldest that is left, there are none. */
  #shedBatch(limit: number): boolean {
    const from = this.#db.prepare<[], number>('SELECT dropped FROM progress').pluck().get() ?? 0;
    const end = Math.min(this.#records.oldestPayload() ?? this.#next, this.#next);
    if (from >= end) return false;
    const rows = this.#records.from(from, Math.min(limit, end - from));
    const remove = this.#db.prepare<[number]>('DELETE FROM words WHERE rowid = ?');
    for (const row of rows) {
      remove.run(row.seq);
      this.#add.run(row.seq, this.#termsOf(row));
    }
    this.#db.prepare<[number]>('UPDATE progress SET dropped = ?').run((rows.at(-1)?.seq ?? end) + 1);
    // What was removed stays in the index until its parts are merged (sqlite.org/fts5.html, section 6.8).
    if (rows.length < limit) this.#db.exec("INSERT INTO words(words) VALUES ('optimize')");
    return rows.length === limit;
  }
}

/** Null for a leaf that is damaged, which the verifier names. */
function parsed(leaf: string): LedgerRecord | null {
  try {
    return JSON.parse(leaf) as LedgerRecord;
  } catch {
    return null;
  }
}
