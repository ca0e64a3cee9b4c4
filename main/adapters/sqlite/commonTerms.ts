/** Terms that many records of a block have: their places are kept as sets, since walking through them is what takes time in a large ledger. */
import type Database from 'better-sqlite3';
import { BLOCK, PlaceSet } from './placeSet.ts';
import { BEGINNING, beginning, word } from './termQuery.ts';
import { MARK } from './words.ts';

/** Records of a block from which a term is common. */
const COMMON = BLOCK / 64;
/** Every so-many-th record is looked at for what may be common: no divisor of the rhythm in which records come. */
const SAMPLED = 7;
/** Records, and then terms, of one step: some milliseconds. */
const STEP = 32;

export interface CommonSource {
  /** The terms of a record. */
  terms(seq: number): readonly string[];
  /** All sequences of a block with a term, as FTS5 is asked for it. */
  places(term: string, block: number): number[];
}

/** What is known of the block whose sets are being made. */
interface Work {
  readonly block: number;
  /** The next record to look at. */
  seq: number;
  readonly seen: Map<string, number>;
  candidates: string[] | null;
}

export class CommonTerms {
  readonly #source: CommonSource;
  readonly #done: Set<number>;
  readonly #set: Database.Statement<[number, string], Uint8Array>;
  readonly #keep: Database.Statement<[number, string, Uint8Array]>;
  readonly #finish: Database.Statement<[number]>;
  readonly #drop: readonly Database.Statement<[number]>[];
  #work: Work | null = null;

  /** Over a database with the tables `sets` and `blocks`. */
  constructor(db: Database.Database, source: CommonSource) {
    this.#source = source;
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

  /** Goes on with the sets of a block from `first` up to `end` that has none yet, the newest first; says whether there is more to do. */
  tend(first: number, end: number): boolean {
    this.#work ??= this.#next(first, end);
    const work = this.#work;
    if (work === null) return false;
    if (work.candidates === null) this.#look(work);
    else if (work.candidates.length > 0) this.#measure(work.block, work.candidates.splice(-STEP));
    else {
      this.#finish.run(work.block);
      this.#done.add(work.block);
      this.#work = null;
    }
    return true;
  }

  /** Takes the sets of a block back: its records have lost words. */
  drop(block: number): void {
    if (this.#work?.block === block) this.#work = null;
    if (!this.#done.delete(block)) return;
    for (const statement of this.#drop) statement.run(block);
  }

  #next(first: number, end: number): Work | null {
    for (let block = Math.floor(end / BLOCK) - 1; block * BLOCK >= first; block -= 1)
      if (!this.#done.has(block)) return { block, seq: block * BLOCK, seen: new Map(), candidates: null };
    return null;
  }

  #look(work: Work): void {
    const end = (work.block + 1) * BLOCK;
    for (let turn = 0; turn < STEP && work.seq < end; turn += 1, work.seq += SAMPLED) {
      for (const term of asked(this.#source.terms(work.seq))) work.seen.set(term, (work.seen.get(term) ?? 0) + 1);
    }
    if (work.seq < end) return;
    // One that is common may have been met somewhat less often among those that were looked at.
    const often = (COMMON / SAMPLED) * 0.75;
    work.candidates = [...work.seen].filter(([, times]) => times >= often).map(([term]) => term);
    work.seen.clear();
  }

  #measure(block: number, terms: readonly string[]): void {
    for (const term of terms) {
      const places = this.#source.places(term, block);
      if (places.length >= COMMON) this.#keep.run(block, term, PlaceSet.of(places).bytes());
    }
  }
}

/** What can be asked for that finds a record of these terms. */
function asked(terms: readonly string[]): Set<string> {
  const all = new Set<string>();
  for (const term of terms) {
    all.add(word(term).term);
    const letters = [...term.slice(0, 2 * BEGINNING)].slice(0, BEGINNING);
    // Nobody asks for the beginning of a facet.
    if (letters.length === BEGINNING && letters[0] !== MARK) all.add(beginning(letters.join('')).term);
  }
  return all;
}
