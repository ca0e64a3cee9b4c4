/** Where the records that fit lie, from the newest down. */
import type { BlockSearch } from './blockSearch.ts';
import { BLOCK } from './placeSet.ts';
import { clipped, firstReached, lengthOf, newestOf, type Run } from './segments.ts';
import type { TermQuery } from './termQuery.ts';

/** Known as far as they were counted, so that nobody waits for all of them. */
export interface Matches {
  readonly count: number;
  /** The sequence down to which they were counted. */
  readonly reached: number;
  /** True when there are no more. */
  readonly whole: boolean;
  /** Counts on, for a few milliseconds. */
  goOn(): void;
  /** Sequences from match number `offset` on (the newest is 0), newest first. */
  page(offset: number, limit: number): number[];
  /** How many of those that were counted lie at this sequence or above it. */
  from(seq: number): number;
}

/** Every record: what is where is arithmetic. */
export class EveryRecord implements Matches {
  readonly count: number;
  readonly reached = 0;
  readonly whole = true;
  readonly #runs: readonly Run[];

  /** `runs`: newest first, as for the others. */
  constructor(runs: readonly Run[]) {
    this.#runs = runs;
    this.count = lengthOf(runs);
  }

  goOn(): void {}

  page(offset: number, limit: number): number[] {
    return newestOf(this.#runs, Number.MAX_SAFE_INTEGER, limit, offset);
  }

  from(seq: number): number {
    return lengthOf(clipped(this.#runs, seq, Number.MAX_SAFE_INTEGER));
  }
}

/** What the word index finds, counted block by block. */
export class IndexedMatches implements Matches {
  count = 0;
  reached: number;
  readonly #search: BlockSearch;
  readonly #match: TermQuery;
  readonly #runs: readonly Run[];
  readonly #step: number;

  /** `step`: records that are counted in one go. */
  constructor(search: BlockSearch, match: TermQuery, runs: readonly Run[], step = BLOCK) {
    this.#search = search;
    this.#match = match;
    this.#runs = runs;
    this.#step = step;
    this.reached = runs[0]?.end ?? 0;
  }

  get whole(): boolean {
    return this.reached === 0;
  }

  goOn(): void {
    const from = Math.max(0, Math.ceil(this.reached / this.#step) - 1) * this.#step;
    this.count += this.#search.count(this.#match, clipped(this.#runs, from, this.reached));
    this.reached = from;
  }

  page(offset: number, limit: number): number[] {
    return this.#search.find(this.#match, this.#runs, Number.MAX_SAFE_INTEGER, limit, offset);
  }

  from(seq: number): number {
    return this.#search.count(this.#match, clipped(this.#runs, Math.max(seq, this.reached), Number.MAX_SAFE_INTEGER));
  }
}

/** Records that are looked at in one go. */
const BATCH = 256;

/** What the word index finds and then has to be looked at: each that fits is kept. */
export class CheckedMatches implements Matches {
  reached = Number.MAX_SAFE_INTEGER;
  whole = false;
  readonly #find: (below: number, limit: number) => number[];
  readonly #fits: (seq: number) => boolean;
  readonly #seqs: number[] = [];

  constructor(search: BlockSearch, match: TermQuery, fits: (seq: number) => boolean, runs: readonly Run[]) {
    this.#find = (below, limit) => search.find(match, runs, below, limit);
    this.#fits = fits;
  }

  get count(): number {
    return this.#seqs.length;
  }

  goOn(): void {
    if (this.whole) return;
    const seqs = this.#find(this.reached, BATCH);
    for (const seq of seqs) if (this.#fits(seq)) this.#seqs.push(seq);
    this.whole = seqs.length < BATCH;
    this.reached = this.whole ? 0 : (seqs.at(-1) ?? 0);
  }

  page(offset: number, limit: number): number[] {
    return this.#seqs.slice(offset, offset + limit);
  }

  from(seq: number): number {
    return firstReached({ first: 0, end: this.#seqs.length }, (at) => (this.#seqs[at] ?? 0) < seq);
  }
}
