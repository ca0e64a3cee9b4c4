/**
 * Taking what was removed from the index out of its file as well: FTS5 only marks it, in each part that has it, until
 * the parts are merged (sqlite.org/fts5.html, section 6.8), and merging leaves the pages of the old parts behind.
 */
import type Database from 'better-sqlite3';

/** How far it is. Kept with the index's progress, so numbers. */
export const SCRUB = { done: 0, marked: 1, merging: 2, merged: 3 } as const;

/** Pages of one step: some milliseconds, in which no search is answered. */
const PAGES = 1000;

export class IndexScrub {
  readonly #db: Database.Database;
  readonly #changes: Database.Statement<[], number>;

  /** Over a database with the FTS5 table `words`, whose free pages can be cut off (`auto_vacuum = INCREMENTAL`). */
  constructor(db: Database.Database) {
    this.#db = db;
    // What is deleted within a page that stays is overwritten there and then.
    db.pragma('secure_delete = FAST');
    this.#changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  }

  /** One step from this stage, within a transaction; returns the stage that it leads to. */
  step(stage: number): number {
    switch (stage) {
      case SCRUB.marked:
        this.#merge(-PAGES);
        return SCRUB.merging;
      case SCRUB.merging:
        return this.#merge(PAGES) ? SCRUB.merging : SCRUB.merged;
      case SCRUB.merged:
        return this.#cut() ? SCRUB.merged : SCRUB.done;
      default:
        return SCRUB.done;
    }
  }

  /** Cuts so many free pages off, and says whether there were any: a file that was made otherwise keeps its own. */
  #cut(): boolean {
    const free = () => this.#db.pragma('freelist_count', { simple: true }) as number;
    const before = free();
    this.#db.pragma(`incremental_vacuum(${PAGES})`);
    return free() < before;
  }

  /** Writes so many pages of a merge (negative: of all parts into one), and says whether it wrote any. */
  #merge(pages: number): boolean {
    const before = this.#changes.get() ?? 0;
    this.#db.exec(`INSERT INTO words(words, rank) VALUES ('merge', ${pages})`);
    // The statement itself is one change.
    return (this.#changes.get() ?? 0) - before >= 2;
  }
}
