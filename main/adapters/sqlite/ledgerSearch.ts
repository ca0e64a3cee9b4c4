/** Searching the ledger: runs in the worker, on connections of its own. */
import type { AuditPage, AuditQuery } from '../../contract/audit.ts';
import type { RecordView } from '../../contract/record.ts';
import type { RetentionEffect } from '../../contract/retention.ts';
import type { KeptPayloads } from '../../services/audit/ports.ts';
import { openDatabase, openReadOnly } from './database.ts';
import { LEDGER_MIGRATIONS } from './ledgerSchema.ts';
import { payloadsBelow } from './payloadHeap.ts';
import { RecordRows } from './recordRows.ts';
import type { Run } from './segments.ts';
import { termsOf, WordIndex } from './wordIndex.ts';
import { facetTerm } from './words.ts';

/** Payloads longer than this, in bytes, are left to `show`. */
const LONGEST_IN_PAGE = 2000;
const BATCH = 256;

export class LedgerSearch {
  readonly #ledger: ReturnType<typeof openReadOnly>;
  readonly #records: RecordRows;
  readonly #words: WordIndex;
  readonly #file: string;

  /** `file` is `ledger.db`; `indexFile` the word index, made when missing. */
  constructor(file: string, indexFile: string) {
    this.#file = file;
    this.#ledger = openReadOnly(file);
    this.#records = new RecordRows(this.#ledger);
    this.#words = new WordIndex(indexFile, this.#records);
  }

  /** Indexes a batch, or takes dropped payloads out of the index, and says whether there is more. */
  tend(): boolean {
    return this.#words.add(BATCH) === BATCH || this.#words.shed(BATCH);
  }

  /** A page of records that match all of the query, newest first, the newest appended ones included. */
  search(query: AuditQuery): AuditPage {
    this.#catchUp();
    const limit = query.limit ?? 100;
    const below = query.cursor ?? Number.MAX_SAFE_INTEGER;
    const runs = this.#records.between(query.after, query.before);
    const terms = termsOf(query);
    const seqs = terms === '' ? newest(runs, below, limit) : this.#words.find(terms, runs, below, limit);
    const total =
      terms === '' ? runs.reduce((sum, { first, end }) => sum + end - first, 0) : this.#words.count(terms, runs);
    const records = seqs.flatMap((seq) => this.#records.view(seq, LONGEST_IN_PAGE) ?? []);
    const last = seqs.at(-1);
    return { records, next: last !== undefined && seqs.length === limit ? last : null, total };
  }

  ofCall(call: string): RecordView[] {
    this.#catchUp();
    const term = `"${facetTerm('call', call)}"`;
    const seqs = this.#words.find(term, [{ first: 0, end: Number.MAX_SAFE_INTEGER }], Number.MAX_SAFE_INTEGER, 10_000);
    return seqs.reverse().flatMap((seq) => this.#records.view(seq) ?? []);
  }

  /** See `LedgerStore.payloadsBelow`. */
  payloadsBelow(limits: KeptPayloads): RetentionEffect {
    return payloadsBelow(this.#ledger, this.#records, limits);
  }

  /** Moves what is in the WAL into the database, as far as no reader is in the way; never holds a writer up. */
  checkpointWal(): void {
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
    while (this.#words.add(BATCH) === BATCH);
  }
}

/** The newest sequences below `below` of these runs (newest first). */
function newest(runs: readonly Run[], below: number, limit: number): number[] {
  const found: number[] = [];
  for (const { first, end } of runs) {
    for (let seq = Math.min(end, below) - 1; seq >= first && found.length < limit; seq -= 1) found.push(seq);
  }
  return found;
}
