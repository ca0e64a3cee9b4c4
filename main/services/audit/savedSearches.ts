/** Searches that a person keeps under a name: convenience, nothing that protects. */
import { Refused } from '../../contract/errors.ts';
import { type SavedSearch, savedSearch } from '../../contract/search.ts';
import type { Actor } from '../actor.ts';
import { changed } from './changed.ts';
import type { AuditWriter } from './ports.ts';

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
  readonly #audit: AuditWriter;
  /** One change after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(file: SearchesFile, audit: AuditWriter) {
    this.#file = file;
    this.#audit = audit;
  }

  /** By name. A file that is not ours any more holds none. */
  async list(): Promise<SavedSearch[]> {
    try {
      return file.parse(JSON.parse((await this.#file.read()) ?? '[]'));
    } catch {
      return [];
    }
  }

  /** Replaces one of the same name. Rejects with INPUT_INVALID when there are too many, and AUDIT_UNAVAILABLE. */
  keep(search: SavedSearch, by: Actor): Promise<void> {
    return this.#change(search.name, { event: 'search-kept', by }, (all) => {
      const others = all.filter(({ name }) => name !== search.name);
      if (others.length >= MOST) throw new Refused('INPUT_INVALID', `there are ${MOST} saved searches already`);
      return [...others, search].sort((a, b) => a.name.localeCompare(b.name));
    });
  }

  drop(name: string, by: Actor): Promise<void> {
    return this.#change(name, { event: 'search-dropped', by }, (all) => all.filter((one) => one.name !== name));
  }

  #change(
    name: string,
    { event, by }: { readonly event: string; readonly by: Actor },
    change: (all: SavedSearch[]) => SavedSearch[],
  ): Promise<void> {
    const work = this.#work.then(async () => {
      const before = await this.list();
      const after = change(before);
      const [was, is] = [before, after].map((all) => all.find((one) => one.name === name)?.text ?? null);
      this.#audit.append({ type: 'config', event, ...by, detail: { name } }, changed(was, is));
      await this.#file.write(`${JSON.stringify(after, null, 2)}\n`);
    });
    this.#work = work.catch(() => undefined);
    return work;
  }
}
