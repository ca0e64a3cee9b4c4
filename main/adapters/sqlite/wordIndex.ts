/** The word index: a file of its own, derived from `ledger.db` and made anew whenever it does not continue it. */
import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import type { LedgerRecord } from '../../contract/record.ts';
import type { SearchField } from '../../contract/search.ts';
import type { StoredRecord } from '../../services/audit/ports.ts';
import { BlockSearch } from './blockSearch.ts';
import { CommonTerms } from './commonTerms.ts';
import { openDatabase } from './database.ts';
import { IndexScrub, SCRUB } from './indexScrub.ts';
import { KnownValues } from './knownValues.ts';
import { BLOCK, blockOf } from './placeSet.ts';
import type { RecordRows } from './recordRows.ts';
import { recordTerms } from './recordTerms.ts';
import type { Indexed } from './searchExpression.ts';
import type { Run } from './segments.ts';
import { Vocabulary } from './vocabulary.ts';
import { INDEX_MIGRATIONS } from './wordIndexSchema.ts';
import { wordsOf } from './words.ts';

/** Leaves of the index and kept sets are some 4000 bytes: each is to be read at once. */
const PAGE_SIZE = 8192;

/**
 * Numbers are bound as floating-point, with which FTS5 does not seek: it would read everything that matches, and leave
 * the range to be checked row by row.
 */
const NEWEST = `SELECT rowid FROM words WHERE words MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER)
ORDER BY rowid DESC LIMIT ?`;

/** How far the index is: it has the records from `first` up to `next`, and those from the block before `first` up to `filled`. */
interface Progress {
  /** The beginning of a block; blocks before it follow one by one. */
  first: number;
  filled: number;
  next: number;
  /** Id of the record before `next`. */
  last: string | null;
  /** Words of payloads that were dropped are gone below it. */
  dropped: number;
  /** How far the file is rid of words that were removed: a stage of `SCRUB`. */
  shorn: number;
}

export class WordIndex implements Indexed {
  readonly #db: Database.Database;
  readonly #records: RecordRows;
  readonly #add: Database.Statement<[number, string]>;
  readonly #remove: Database.Statement<[number]>;
  readonly #keep: Database.Statement<[Progress]>;
  readonly #common: CommonTerms;
  readonly #scrub: IndexScrub;
  readonly #progress: Progress;
  readonly #vocabulary: Vocabulary;
  readonly known: KnownValues;
  /** Another one where what was found before may be found no more, or older records may be. */
  revision = 0;
  /** Finds what is in the index so far. */
  readonly search: BlockSearch;

  constructor(file: string, records: RecordRows) {
    this.#db = openDatabase(file, INDEX_MIGRATIONS, { pageSize: PAGE_SIZE, shrinks: true });
    this.#db.pragma('wal_autocheckpoint = 1000');
    this.#db.pragma('cache_size = -8000');
    this.#records = records;
    this.#add = this.#db.prepare('INSERT INTO words(rowid, terms) VALUES (?, ?)');
    this.#remove = this.#db.prepare('DELETE FROM words WHERE rowid = ?');
    this.#keep = this.#db.prepare(
      'UPDATE progress SET first = @first, filled = @filled, next = @next, last = @last, dropped = @dropped, shorn = @shorn',
    );
    const newest = this.#db.prepare<[string, number, number, number], number>(NEWEST).pluck();
    this.known = new KnownValues(this.#db);
    this.#vocabulary = new Vocabulary(this.#db);
    this.#scrub = new IndexScrub(this.#db);
    this.#progress = this.#continues();
    this.#common = new CommonTerms(this.#db, (from, limit) =>
      this.#records.from(from, limit).map((row) => ({ seq: row.seq, terms: this.#termsOf(row) })),
    );
    this.search = new BlockSearch({
      kept: (term, block) => this.#common.of(term, block),
      newest: (term, first, end, limit) => newest.all(term, first, end, limit),
    });
    this.search.covers(this.indexed());
  }

  /** The records it has. */
  indexed(): Run {
    return { first: this.#progress.first, end: this.#progress.next };
  }

  values(field: SearchField): string[] {
    return this.known.of(field);
  }

  begun(start: string, letters: number, most: number): string[] | null {
    return this.#vocabulary.begun(start, letters, most);
  }

  /** Adds the next records, at most `limit`, as one transaction; returns how many there were. */
  add(limit: number): number {
    return this.#change((progress) => {
      const rows = this.#records.from(progress.next, limit);
      this.#index(rows);
      const last = rows.at(-1);
      if (last !== undefined) Object.assign(progress, { next: last.seq + 1, last: last.id });
      return rows.length;
    });
  }

  /** Does a piece of what can wait, as one transaction: older records, at most `limit`, or what makes searches fast. Says whether there may be more. */
  tend(limit: number): boolean {
    const { shorn } = this.#progress;
    const more = this.#change((progress) => {
      if (this.#common.tend(progress.first, progress.next, limit)) return true;
      return progress.first > 0 ? this.#fill(progress, limit) : this.#shed(progress, limit);
    });
    if (shorn !== SCRUB.done && this.#progress.shorn === SCRUB.done) this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return more;
  }

  close(): void {
    this.#db.close();
  }

  /** One transaction; what it changes of the progress is kept with it. */
  #change<T>(work: (progress: Progress) => T): T {
    const progress = { ...this.#progress };
    const done = this.#db.transaction(() => {
      const result = work(progress);
      if (!isDeepStrictEqual(progress, this.#progress)) this.#keep.run(progress);
      return result;
    })();
    Object.assign(this.#progress, progress);
    this.search.covers(this.indexed());
    return done;
  }

  #index(rows: readonly StoredRecord[]): void {
    for (const row of rows) {
      const terms = this.#termsOf(row);
      this.#add.run(row.seq, terms.join(' '));
      this.#common.saw({ seq: row.seq, terms });
    }
  }

  /** The block before the first one, oldest record first, which then is the first. */
  #fill(progress: Progress, limit: number): boolean {
    const rows = this.#records.from(progress.filled, Math.min(limit, progress.first - progress.filled));
    this.#index(rows);
    progress.filled = (rows.at(-1)?.seq ?? progress.first) + 1;
    if (progress.filled < progress.first) return true;
    progress.first -= BLOCK;
    progress.filled = progress.first - BLOCK;
    this.revision += 1;
    return true;
  }

  /** Payloads are dropped oldest first: below the oldest that is left, there are none. */
  #shed(progress: Progress, limit: number): boolean {
    const from = progress.dropped;
    const end = Math.min(this.#records.oldestPayload() ?? progress.next, progress.next);
    if (from >= end) {
      progress.shorn = this.#scrub.step(progress.shorn);
      return progress.shorn !== SCRUB.done;
    }
    const rows = this.#records.from(from, Math.min(limit, end - from));
    const shorn = rows.filter((row) => parsed(Buffer.from(row.leaf).toString())?.payload !== undefined);
    for (const row of shorn) {
      this.#remove.run(row.seq);
      this.#add.run(row.seq, this.#termsOf(row).join(' '));
      this.#common.drop(blockOf(row.seq));
    }
    progress.dropped = (rows.at(-1)?.seq ?? end) + 1;
    if (shorn.length > 0) {
      progress.shorn = SCRUB.marked;
      this.search.forget();
      this.revision += 1;
    }
    return rows.length === limit || progress.shorn !== SCRUB.done;
  }

  /** Where to go on; from the newest block on when the last record that was indexed is not in this ledger at its place. */
  #continues(): Progress {
    const sql = 'SELECT first, filled, next, last, dropped, shorn FROM progress';
    const progress = this.#db.prepare<[], Progress>(sql).get();
    const last = progress === undefined || progress.next === 0 ? null : this.#records.one(progress.next - 1);
    if (progress !== undefined && last !== null && last?.id === progress.last) return progress;
    const first = blockOf(Math.max(0, this.#records.size() - 1)) * BLOCK;
    const dropped = this.#records.oldestPayload() ?? 0;
    const anew = { first, filled: first - BLOCK, next: first, last: null, dropped, shorn: 0 };
    this.#db.transaction(() => {
      this.#db.exec("INSERT INTO words(words) VALUES ('delete-all'); DELETE FROM sets; DELETE FROM blocks");
      this.#keep.run(anew);
    })();
    return anew;
  }

  #termsOf(row: StoredRecord): string[] {
    const leaf = Buffer.from(row.leaf).toString();
    const record = parsed(leaf);
    if (record === null) return wordsOf(leaf);
    this.known.saw(record);
    return recordTerms(record, this.#records.payloadText(row.seq));
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
