/** Searching the ledger: runs in the worker, on connections of its own. */
import { statSync } from 'node:fs';
import type { AuditPage, AuditRow } from '../../contract/audit.ts';
import type { RecordView } from '../../contract/record.ts';
import type { RetentionEffect } from '../../contract/retention.ts';
import type { SearchCounts, SearchPlan } from '../../contract/search.ts';
import type {
  KeptPayloads,
  LedgerPlace,
  LedgerQuery,
  LedgerRows,
  LedgerRowsQuery,
} from '../../services/audit/ports.ts';
import { checkedRecord } from './checkedRecord.ts';
import { countsOverTime } from './countsOverTime.ts';
import { openDatabase, openReadOnly, WAL_KEPT } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerSchema.ts';
import { MatchTable } from './matchTable.ts';
import { payloadsBelow } from './payloadHeap.ts';
import { RecordRows } from './recordRows.ts';
import { type Expression, expressionOf } from './searchExpression.ts';
import { clipped, lengthOf, newestOf, type Run } from './segments.ts';
import { type TermQuery, word } from './termQuery.ts';
import { WordIndex } from './wordIndex.ts';
import { facetTerm } from './words.ts';

/** Records that a search waits for at most to be indexed: a daemon at work is never so far ahead. */
const WAITED_FOR = 4096;
/** Payloads longer than this, in bytes, are left to `show`. */
const LONGEST_IN_PAGE = 2000;
const BATCH = 256;
/** Records of one transaction of the index: each leaves a part of its own behind, to be merged with others. */
const TENDED = 1024;
/** Records that one search looks at itself. */
const MOST_CHECKED = 20_000;

export class LedgerSearch {
  readonly #ledger: ReturnType<typeof openReadOnly>;
  readonly #records: RecordRows;
  readonly #words: WordIndex;
  readonly #table: MatchTable;
  readonly #file: string;

  /** `file` is `ledger.db`; `indexFile` the word index, made when missing. */
  constructor(file: string, indexFile: string) {
    this.#file = file;
    this.#ledger = openReadOnly(file);
    this.#records = new RecordRows(this.#ledger);
    this.#words = new WordIndex(indexFile, this.#records);
    this.#table = new MatchTable(this.#records, this.#words);
  }

  /** Does a piece of the index’s work, and says whether there is more. */
  tend(): boolean {
    if (this.#words.add(TENDED) === TENDED) return true;
    const { revision } = this.#words;
    const more = this.#words.tend(TENDED);
    if (this.#words.revision !== revision) this.#table.forget();
    return more;
  }

  /** A page of records that fit, newest first, the newest appended ones included. */
  search({ plan, cursor, limit }: LedgerQuery): AuditPage {
    this.#catchUp();
    const below = cursor ?? Number.MAX_SAFE_INTEGER;
    const runs = this.#records.between(plan.after, plan.before);
    const expression = expressionOf(plan, this.#words);
    if (expression === null) return { records: [], next: null, total: 0, atLeast: false };
    const { match, check } = expression;
    const missing = match === null ? {} : this.#missing(runs);
    if (check !== null && match !== null) return { ...this.#checked(match, check, runs, below, limit), ...missing };
    const seqs = match === null ? newestOf(runs, below, limit) : this.#words.search.find(match, runs, below, limit);
    const total = match === null ? lengthOf(runs) : this.#words.search.count(match, runs);
    const last = seqs.at(-1);
    return {
      records: seqs.flatMap((seq) => this.#records.view(seq, LONGEST_IN_PAGE) ?? []),
      next: last !== undefined && seqs.length === limit ? last : null,
      total,
      atLeast: false,
      ...missing,
    };
  }

  /** See `LedgerStore.rows`. */
  rows(query: LedgerRowsQuery): LedgerRows {
    this.#catchUp();
    const runs = this.#records.between(query.plan.after, query.plan.before);
    const { seqs, ...known } = this.#table.rows(query);
    const records = seqs.flatMap((seq) => this.#records.view(seq, LONGEST_IN_PAGE) ?? []);
    return {
      records,
      ...known,
      ...(isTimeAlone(query.plan) ? {} : this.#missing(clipped(runs, 0, query.size ?? Number.MAX_SAFE_INTEGER))),
    };
  }

  /** See `LedgerStore.rowOf`. */
  rowOf(query: LedgerPlace): AuditRow {
    this.#catchUp();
    return this.#table.rowOf(query);
  }

  /** See `LedgerStore.oldest`. */
  oldest(plan: SearchPlan, from: number, limit: number): { seqs: number[]; next: number | null } {
    this.#catchUp();
    const runs = this.#records.between(plan.after, plan.before).reverse();
    const expression = expressionOf(plan, this.#words);
    if (expression === null) return { seqs: [], next: null };
    const { match, check } = expression;
    const { unindexed = 0 } = match === null ? {} : this.#missing(runs);
    // What is taken along is all of it, or nothing.
    if (unindexed > 0) throw new Error(`${unindexed} records are still being indexed`);
    const seqs = match === null ? oldest(runs, from, limit) : this.#words.search.findOldest(match, runs, from, limit);
    const last = seqs.at(-1);
    const fitting =
      check === null ? seqs : seqs.filter((seq) => checkedRecord(this.#records, seq, check) !== undefined);
    return { seqs: fitting, next: last !== undefined && seqs.length === limit ? last + 1 : null };
  }

  /** How many fit over time, in so many steps, and how many of them were denied. Null when there is none. */
  counts(plan: SearchPlan, steps: number): SearchCounts | null {
    this.#catchUp();
    const runs = this.#records.between(plan.after, plan.before);
    const expression = expressionOf(plan, this.#words);
    if (expression === null) return null;
    const { match, check } = expression;
    const counts = countsOverTime({ records: this.#records, search: this.#words.search }, match, runs, steps);
    return counts && { ...counts, atMost: check !== null };
  }

  /** Values that records have had, by field. */
  known(): Record<string, string[]> {
    this.#catchUp();
    return this.#words.known.all();
  }

  /** What the index finds is looked at until a page is full; the rest is counted only as far as it was looked at. */
  #checked(
    match: TermQuery,
    check: NonNullable<Expression['check']>,
    runs: readonly Run[],
    below: number,
    limit: number,
  ): AuditPage {
    const records: RecordView[] = [];
    let at = below;
    let looked = 0;
    let more = true;
    while (more && records.length < limit && looked < MOST_CHECKED) {
      const seqs = this.#words.search.find(match, runs, at, BATCH);
      more = seqs.length === BATCH;
      for (const seq of seqs) {
        looked += 1;
        at = seq;
        const record = checkedRecord(this.#records, seq, check);
        if (record === undefined) continue;
        const long = (record.payload?.bytes ?? 0) > LONGEST_IN_PAGE;
        if (records.push(long ? { ...record, payloadText: null } : record) === limit) break;
      }
    }
    const whole = !more && records.length < limit;
    return { records, next: whole ? null : at, total: records.length, atLeast: !whole };
  }

  ofCall(call: string): RecordView[] {
    this.#catchUp();
    const term = word(facetTerm('call', call));
    const seqs = this.#words.search.find(
      term,
      [{ first: 0, end: Number.MAX_SAFE_INTEGER }],
      Number.MAX_SAFE_INTEGER,
      10_000,
    );
    return seqs.reverse().flatMap((seq) => this.#records.view(seq) ?? []);
  }

  /** See `LedgerStore.payloadsBelow`. */
  payloadsBelow(limits: KeptPayloads): RetentionEffect {
    return payloadsBelow(this.#ledger, this.#records, limits);
  }

  /** Whether the WAL grows because appends never pause: the next commit begins it anew only where all of it was moved. */
  isWalLong(): boolean {
    return (statSync(`${this.#file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 2 * WAL_KEPT;
  }

  /** Moves what is in the WAL into the database, as far as no reader is in the way; never holds a writer up. */
  moveWal(): void {
    const db = openDatabase(this.#file, LEDGER_MIGRATIONS);
    try {
      db.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      db.close();
    }
  }

  close(): void {
    this.#words.close();
    this.#ledger.close();
  }

  #catchUp(): void {
    for (let added = 0; added < WAITED_FOR; added += BATCH) if (this.#words.add(BATCH) < BATCH) return;
  }

  /** How many of these runs the index does not have yet. */
  #missing(runs: readonly Run[]): { unindexed?: number } {
    const { first, end } = this.#words.indexed();
    const unindexed = lengthOf(runs) - lengthOf(clipped(runs, first, end));
    return unindexed === 0 ? {} : { unindexed };
  }
}

function isTimeAlone({ terms, slower, faster }: SearchPlan): boolean {
  return terms.length === 0 && slower === undefined && faster === undefined;
}

/** The oldest sequences from `from` on of these runs (oldest first). */
function oldest(runs: readonly Run[], from: number, limit: number): number[] {
  const found: number[] = [];
  for (const { first, end } of runs) {
    for (let seq = Math.max(first, from); seq < end && found.length < limit; seq += 1) found.push(seq);
  }
  return found;
}
