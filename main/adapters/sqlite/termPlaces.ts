/** Where one term occurs, read a block at a time. */
import { BLOCK, PlaceSet } from './placeSet.ts';
import { firstReached } from './segments.ts';

/** Places that are read at once while a term is seldom: asking the index for a few costs as much as for hundreds. */
const AHEAD = 2048;

export interface TermSource {
  /** The set that is kept for a common term of a complete block; null when there is none. */
  kept(term: string, block: number): PlaceSet | null;
  /** The newest sequences with the term from `first` up to `end`, at most `limit`, newest first. */
  newest(term: string, first: number, end: number, limit: number): number[];
}

export class TermPlaces {
  readonly #source: TermSource;
  readonly #term: string;
  /** All sequences from `#first` up to `#end`, newest first. */
  #seqs: readonly number[] = [];
  #first = 0;
  #end = 0;

  constructor(source: TermSource, term: string) {
    this.#source = source;
    this.#term = term;
  }

  /** Null for none. */
  in(block: number): PlaceSet | null {
    const [first, end] = [block * BLOCK, (block + 1) * BLOCK];
    if (first < this.#first || end > this.#end) {
      const kept = this.#source.kept(this.#term, block);
      if (kept !== null) return kept;
      this.#read(first, end);
    }
    const seqs = this.#seqs.slice(this.#below(end), this.#below(first));
    return seqs.length === 0 ? null : PlaceSet.of(seqs);
  }

  /** Reads a block, and what lies before it as far as that comes with it. */
  #read(first: number, end: number): void {
    const seqs = this.#source.newest(this.#term, 0, end, AHEAD);
    const reached = seqs.length < AHEAD ? 0 : (seqs.at(-1) ?? 0);
    this.#seqs = reached <= first ? seqs : [...seqs, ...this.#source.newest(this.#term, first, reached, BLOCK)];
    this.#first = Math.min(reached, first);
    this.#end = end;
  }

  #below(seq: number): number {
    return firstReached({ first: 0, end: this.#seqs.length }, (at) => (this.#seqs[at] ?? 0) < seq);
  }
}
