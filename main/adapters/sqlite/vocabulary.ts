/** The words that the index has. */
import type Database from 'better-sqlite3';

/** Sorts behind a word and before every other that begins with it. */
const AFTER = '\u0001';
/** Sorts behind every word that goes on from the same beginning. */
const LAST = '\u{10ffff}';

export class Vocabulary {
  readonly #from: Database.Statement<[string], string>;

  /** Over a database with the FTS5 table `words`. */
  constructor(db: Database.Database) {
    db.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'instance')");
    // One word at a time: to name two, FTS5 would go through all records that have the first.
    this.#from = db.prepare<[string], string>('SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1').pluck();
  }

  /** The words that begin so, each cut to `letters` letters; null when there are more than `most` different ones. */
  begun(start: string, letters: number, most: number): string[] | null {
    const found: string[] = [];
    let from = start;
    for (let word = this.#from.get(from); word?.startsWith(start); word = this.#from.get(from)) {
      if (found.length === most) return null;
      const cut = [...word].slice(0, letters).join('');
      found.push(cut);
      from = cut === word ? `${word}${AFTER}` : `${cut}${LAST}`;
    }
    return found;
  }
}
