/** Searches that a person keeps under a name: convenience, nothing that protects. */
import { Refused } from '../../contract/errors.ts';
import { type SavedSearch, savedSearch } from '../../contract/search.ts';

const file = savedSearch.array();
/** More than anyone picks from. */
const MOST = 100;

/** One small text, replaced whole. */
export interface SearchesFile {
  /** Null when it is not there. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

export class SavedSearches {
  readonly #file: SearchesFile;
  /** One change after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(file: SearchesFile) {
    this.#file = file;
  }

  /** By name. A file that is not ours any more holds none. */
  async list(): Promise<SavedSearch[]> {
    try {
      return file.parse(JSON.parse((await this.#file.read()) ?? '[]'));
    } catch {
      return [];
    }
  }

  /** Replaces one of the same name. Rejects with INPUT_INVALID when there are too many. */
  keep(search: SavedSearch): Promise<void> {
    return this.#change((all) => {
      const others = all.filter(({ name }) => name !== search.name);
      if (others.length >= MOST) throw new Refused('INPUT_INVALID', `there are ${MOST} saved searches already`);
      return [...others, search].sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  drop(name: string): Promise<void> {
    return this.#change((all) => all.filter((one) => one.name !== name));
  }

  #change(change: (all: SavedSearch[]) => SavedSearch[]): Promise<void> {
    const work = this.#work.then(async () =>
      this.#file.write(`${JSON.stringify(change(await this.list()), null, 2)}\n`),
    );
    this.#work = work.catch(() => undefined);
    return work;
  }
}
