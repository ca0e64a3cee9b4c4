/** The table of what a search finds, the newest record in row 0: which record is in which row. */
import type { SearchPlan } from '../../contract/search.ts';
import type { LedgerPlace, LedgerRowsQuery } from '../../services/audit/ports.ts';
import { checkedRecord } from './checkedRecord.ts';
import { CheckedMatches, EveryRecord, IndexedMatches, type Matches } from './matches.ts';
import type { RecordRows } from './recordRows.ts';
import { expressionOf } from './searchExpression.ts';
import { clipped, lengthOf, type Run } from './segments.ts';
import type { WordIndex } from './wordIndex.ts';

/** Searches whose places are kept: a person has a few windows open. */
const MOST_KEPT = 8;
/** Matches that came since a search was counted; more, and it is counted anew. */
const MOST_NEWER = 2000;

/** What was found out of a search, with the ledger as it was with `size` records. */
interface Kept {
  readonly key: string;
  readonly size: number;
  readonly runs: readonly Run[];
  readonly matches: Matches;
}

/** What of a search one question is about. */
interface Known {
  /** Matches that came since `matches` were counted, newest first. */
  readonly newer: readonly number[];
  readonly matches: Matches;
  readonly size: number;
  /** The sequences among which they are. */
  readonly runs: readonly Run[];
}

export interface Rows {
  readonly seqs: readonly number[];
  readonly size: number;
  readonly total: number;
  readonly estimate: number;
  readonly whole: boolean;
}

export class MatchTable {
  readonly #records: RecordRows;
  readonly #words: WordIndex;
  readonly #patience: number;
  readonly #step: number | undefined;
  #kept: Kept[] = [];

  /**
   * `patience`: milliseconds after which a question stops counting on, though it always counts a little; `step`: see
   * `IndexedMatches`.
   */
  constructor(
    records: RecordRows,
    words: WordIndex,
    { patience = 30, step }: { readonly patience?: number; readonly step?: number } = {},
  ) {
    this.#records = records;
    this.#words = words;
    this.#patience = patience;
    this.#step = step;
  }

  /** So many rows from `offset` on, as far as it was counted; asked again, it has counted on. */
  rows({ plan, size, offset, limit }: LedgerRowsQuery): Rows {
    const known = this.#known(plan, size);
    if (known === null) return { seqs: [], size: this.#sizeOf(size), total: 0, estimate: 0, whole: true };
    const { newer, matches } = known;
    this.#goOn(matches, () => false);
    const first = newer.slice(offset, offset + limit);
    const rest = matches.page(Math.max(0, offset - newer.length), limit - first.length);
    const total = newer.length + matches.count;
    const estimate = matches.whole ? total : Math.max(total, estimated(known));
    return { seqs: [...first, ...rest], size: known.size, total, estimate, whole: matches.whole };
  }

  /** How many rows lie at this sequence or above it; asked again, it has counted on until it is reached. */
  rowOf({ plan, size, below }: LedgerPlace): { row: number; reached: boolean } {
    const known = this.#known(plan, size);
    if (known === null) return { row: 0, reached: true };
    const { newer, matches } = known;
    this.#goOn(matches, () => matches.reached <= below);
    const row = newer.filter((seq) => seq >= below).length + matches.from(below);
    return { row, reached: matches.reached <= below };
  }

  /** Forgets what it knows: words were taken out of the index. */
  forget(): void {
    this.#kept = [];
  }

  #goOn(matches: Matches, enough: () => boolean): void {
    const until = performance.now() + this.#patience;
    do {
      if (matches.whole || enough()) return;
      matches.goOn();
    } while (performance.now() < until);
  }

  /** Null when nothing can fit. */
  #known(plan: SearchPlan, asked: number | undefined): Known | null {
    const expression = expressionOf(plan, this.#words);
    if (expression === null) return null;
    const { match, check } = expression;
    const all = this.#sizeOf(asked);
    // As of what the index has: otherwise rows would move down as it takes more in.
    const size = match === null ? all : Math.min(all, this.#words.indexed().end);
    const runs = clipped(this.#records.between(plan.after, plan.before), 0, size);
    if (match === null) return { newer: [], matches: new EveryRecord(runs), size, runs };
    const fits = (seq: number) => check === null || checkedRecord(this.#records, seq, check) !== undefined;
    const key = JSON.stringify([match, plan.terms, plan.slower, plan.faster]);
    const kept = this.#kept.find((one) => one.key === key && one.size <= size && sameRuns(one, runs));
    if (kept !== undefined) {
      const since = this.#words.search.find(match, clipped(runs, kept.size, size), size, MOST_NEWER + 1);
      if (since.length <= MOST_NEWER) {
        this.#kept = [kept, ...this.#kept.filter((one) => one !== kept)];
        return { newer: since.filter(fits), matches: kept.matches, size, runs };
      }
    }
    const matches =
      check === null
        ? new IndexedMatches(this.#words.search, match, runs, this.#step)
        : new CheckedMatches(this.#words.search, match, fits, runs);
    this.#kept = [{ key, size, runs, matches }, ...this.#kept].slice(0, MOST_KEPT);
    return { newer: [], matches, size, runs };
  }

  #sizeOf(asked: number | undefined): number {
    const size = this.#records.size();
    return Math.min(asked ?? size, size);
  }
}

/** Whether a search over these runs is the one that was counted, but for what came since. */
function sameRuns({ size, runs }: Kept, now: readonly Run[]): boolean {
  return JSON.stringify(clipped(now, 0, size)) === JSON.stringify(runs);
}

/** How many there are if those that were not counted yet lie as closely as those that were. */
function estimated({ newer, matches, runs }: Known): number {
  const seen = lengthOf(clipped(runs, matches.reached, Number.MAX_SAFE_INTEGER));
  return seen === 0 ? 0 : Math.round(((newer.length + matches.count) * lengthOf(runs)) / seen);
}
