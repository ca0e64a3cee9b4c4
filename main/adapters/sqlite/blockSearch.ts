/** Finding and counting what matches, block by block: what a search reads of a block does not grow with the ledger. */
import { blockOf, inBlocks, type PlaceSet } from './placeSet.ts';
import { clipped, type Run } from './segments.ts';
import { TermPlaces, type TermSource } from './termPlaces.ts';
import { matching, type TermQuery } from './termQuery.ts';

/** Queries whose matches are remembered: a page, the next one, and the plot beside them ask for the same. */
const REMEMBERED = 4;

/** What is remembered of a query. */
interface Found {
  /** What matches in each block that was looked at. */
  readonly blocks: Map<number, PlaceSet | null>;
  /** What was read of each of its terms. */
  readonly terms: Map<string, TermPlaces>;
}

export class BlockSearch {
  readonly #source: TermSource;
  /** By query, the least recent first. */
  readonly #remembered = new Map<string, Found>();
  /** The sequences that the index has. */
  #indexed: Run = { first: 0, end: 0 };

  constructor(source: TermSource) {
    this.#source = source;
  }

  /** The index now has these: whole blocks, and behind them a part of one. */
  covers(indexed: Run): void {
    const { first, end } = this.#indexed;
    if (indexed.first === first && indexed.end === end) return;
    for (const { blocks, terms } of this.#remembered.values()) {
      blocks.delete(blockOf(end));
      terms.clear();
    }
    this.#indexed = indexed;
  }

  /** What was found may be so no more. */
  forget(): void {
    this.#remembered.clear();
  }

  /** The newest matching sequences below `below`, newest first, within these runs (newest first), the first `skip` of them left out. */
  find(query: TermQuery, runs: readonly Run[], below: number, limit: number, skip = 0): number[] {
    const matches = this.#matches(query);
    const found: number[] = [];
    let left = skip;
    for (const part of this.#searched(clipped(runs, 0, below)).flatMap((run) => inBlocks(run).reverse())) {
      if (found.length === limit) break;
      const set = matches(blockOf(part.first));
      const passed = left === 0 ? 0 : Math.min(left, set?.count(part) ?? 0);
      left -= passed;
      if (set === null || left > 0) continue;
      found.push(
        ...set
          .seqs(part)
          .reverse()
          .slice(passed, passed + limit - found.length),
      );
    }
    return found;
  }

  /** The oldest matching sequences from `from` on, oldest first, within these runs (oldest first). */
  findOldest(query: TermQuery, runs: readonly Run[], from: number, limit: number): number[] {
    const matches = this.#matches(query);
    const found: number[] = [];
    for (const part of this.#searched(clipped(runs, from, Number.MAX_SAFE_INTEGER)).flatMap(inBlocks)) {
      if (found.length === limit) break;
      found.push(...(matches(blockOf(part.first))?.seqs(part) ?? []).slice(0, limit - found.length));
    }
    return found;
  }

  /** How many of these runs match. */
  count(query: TermQuery, runs: readonly Run[]): number {
    const matches = this.#matches(query);
    // The newest first, as terms are read.
    return this.#searched(runs)
      .flatMap((run) => inBlocks(run).reverse())
      .reduce((sum, part) => sum + (matches(blockOf(part.first))?.count(part) ?? 0), 0);
  }

  /** What of these runs can be looked at. */
  #searched(runs: readonly Run[]): Run[] {
    return clipped(runs, this.#indexed.first, this.#indexed.end);
  }

  /** What matches in a block. */
  #matches(query: TermQuery): (block: number) => PlaceSet | null {
    const { blocks, terms } = this.#remember(JSON.stringify(query));
    const placesOf = (term: string, block: number): PlaceSet | null => {
      const places = terms.get(term) ?? new TermPlaces(this.#source, term);
      terms.set(term, places);
      return places.in(block);
    };
    return (block) => {
      const known = blocks.get(block);
      if (known !== undefined) return known;
      const set = matching(query, (term) => placesOf(term, block));
      blocks.set(block, set);
      return set;
    };
  }

  #remember(query: string): Found {
    const found = this.#remembered.get(query) ?? { blocks: new Map(), terms: new Map() };
    this.#remembered.delete(query);
    this.#remembered.set(query, found);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return found;
  }
}
