/** Terms that many records of a block have: their places are kept as sets, since walking through them is what takes time in a large ledger. */
import type Database from 'better-sqlite3';
import { BlockTally } from './blockTally.ts';
import { BLOCK, blockOf, PlaceSet } from './placeSet.ts';

/** The terms of a record. */
export interface RecordPlace {
  readonly seq: number;
  readonly terms: readonly string[];
}

export class CommonTerms {
  readonly #read: (from: number, limit: number) => RecordPlace[];
  readonly #done: Set<number>;
  /** Of blocks whose records are coming in. */
  readonly #tallies = new Map<number, BlockTally>();
  readonly #set: Database.Statement<[number, string], Uint8Array>;
  readonly #keep: Database.Statement<[number, string, Uint8Array]>;
  readonly #finish: Database.Statement<[number]>;
  readonly #drop: readonly Database.Statement<[number]>[];

  /** Over a database with the tables `sets` and `blocks`; `read` gives the next records from a place on, in order. */
  constructor(db: Database.Database, read: (from: number, limit: number) => RecordPlace[]) {
    this.#read = read;
    this.#done = new Set(db.prepare<[], number>('SELECT block FROM blocks').pluck().all());
    this.#set = db
      .prepare<[number, string], Uint8Array>('SELECT places FROM sets WHERE block = ? AND term = ?')
      .pluck();
    this.#keep = db.prepare('INSERT OR REPLACE INTO sets VALUES (?, ?, ?)');
    this.#finish = db.prepare('INSERT OR IGNORE INTO blocks VALUES (?)');
    this.#drop = ['sets', 'blocks'].map((table) => db.prepare(`DELETE FROM ${table} WHERE block = ?`));
  }

  /** The set of a common term; null when none is kept. */
  of(term: string, block: number): PlaceSet | null {
    const bytes = this.#done.has(block) ? this.#set.get(block, term) : undefined;
    return bytes === undefined ? null : PlaceSet.read(bytes);
  }

  /** A record was indexed, the records of its block in their order. One that began elsewhere is left to `tend`. */
  saw({ seq, terms }: RecordPlace): void {
    const block = blockOf(seq);
    if (seq % BLOCK === 0) this.#tallies.set(block, new BlockTally());
    const tally = this.#tallies.get(block);
    if (tally === undefined) return;
    tally.add(seq, terms);
    if (seq % BLOCK === BLOCK - 1) this.#close(block, tally);
  }

  /** Reads on, at most `limit` records, in a block from `first` up to `end` that has no sets, as after a restart; says whether there is more to do. */
  tend(first: number, end: number, limit: number): boolean {
    for (let block = blockOf(end) - 1; block * BLOCK >= first; block -= 1) {
      if (this.#done.has(block)) continue;
      const tally = this.#tallies.get(block) ?? new BlockTally();
      this.#tallies.set(block, tally);
      const from = tally.next ?? block * BLOCK;
      const rows = this.#read(from, Math.min(limit, (block + 1) * BLOCK - from));
      for (const { seq, terms } of rows) tally.add(seq, terms);
      if (rows.length === 0 || tally.next === (block + 1) * BLOCK) this.#close(block, tally);
      return true;
    }
    return false;
  }

  /** Takes the sets of a block back: its records have lost words. */
  drop(block: number): void {
    this.#tallies.delete(block);
    if (!this.#done.delete(block)) return;
    for (const statement of this.#drop) statement.run(block);
  }

  #close(block: number, tally: BlockTally): void {
    for (const [term, places] of tally.common()) this.#keep.run(block, term, places.bytes());
    this.#finish.run(block);
    this.#done.add(block);
    this.#tallies.delete(block);
  }
}
