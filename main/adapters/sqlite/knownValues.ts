/** Which values records have had in each field: for completion, and for what a `*` stands for. */
import type Database from 'better-sqlite3';
import type { LedgerRecord } from '../../contract/record.ts';
import { SEARCH_FIELDS, type SearchField } from '../../contract/search.ts';
import { fieldValue } from './recordTerms.ts';

/** Nobody picks these from a list. */
const WITHOUT: ReadonlySet<SearchField> = new Set(['session', 'call', 'ask']);
const FIELDS = SEARCH_FIELDS.filter((field) => !WITHOUT.has(field));
/** A server may invent values without end. */
const MOST = 5000;

export class KnownValues {
  readonly #db: Database.Database;
  readonly #keep: Database.Statement<[string, string]>;
  readonly #seen = new Map<string, Set<string>>();

  /** Over a database with the table `known`. */
  constructor(db: Database.Database) {
    this.#db = db;
    this.#keep = db.prepare('INSERT OR IGNORE INTO known VALUES (?, ?)');
    this.reload();
  }

  /** Reads again what is kept. */
  reload(): void {
    this.#seen.clear();
    const rows = this.#db.prepare<[], { field: string; value: string }>('SELECT field, value FROM known').all();
    for (const { field, value } of rows) this.#of(field).add(value);
  }

  saw(record: LedgerRecord): void {
    for (const field of FIELDS) {
      const value = fieldValue(record, field);
      const seen = this.#of(field);
      if (value === null || seen.has(value) || seen.size >= MOST) continue;
      seen.add(value);
      this.#keep.run(field, value);
    }
  }

  /** The newest seen first. */
  of(field: SearchField): string[] {
    return [...this.#of(field)].reverse();
  }

  /** Everything at once, for whoever completes elsewhere. */
  all(): Record<string, string[]> {
    return Object.fromEntries(FIELDS.map((field) => [field, this.of(field)]));
  }

  #of(field: string): Set<string> {
    const seen = this.#seen.get(field) ?? new Set();
    this.#seen.set(field, seen);
    return seen;
  }
}
