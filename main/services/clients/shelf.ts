/** What a person decided about clients, each a sealed row: entries that were rewritten, projects that are trusted. */
import type { Actor } from '../actor.ts';
import type { SealedRows } from '../audit/ports.ts';
import { type KeptEntry, secretsOfEntry } from './kept.ts';

const KIND = 'client';
const ENTRY = 'entry:';
const PROJECT = 'project:';

export class Shelf {
  readonly #rows: SealedRows;

  constructor({ rows }: { rows: SealedRows }) {
    this.#rows = rows;
  }

  entry(id: string): KeptEntry | undefined {
    return this.#rows.get<KeptEntry>(KIND, ENTRY + id)?.body;
  }

  keep(id: string, entry: KeptEntry, by: Actor): void {
    const draft = { type: 'config' as const, event: `client-${entry.state}`, server: entry.server, ...by };
    this.#rows.put(KIND, ENTRY + id, entry, { ...draft, detail: factsOf(entry) });
  }

  /** The entry is what it was before: on a person's word, or because it never was written. */
  drop(id: string, entry: KeptEntry, event: 'client-unprotected' | 'client-not-written', by: Actor): void {
    const draft = { type: 'config' as const, event, server: entry.server, detail: factsOf(entry), ...by };
    this.#rows.remove(KIND, ENTRY + id, draft);
  }

  /** What is quarantined behind a name that a client connects to; null for every other name. */
  quarantined(server: string): string | null {
    const entry = this.#entries().find((one) => one.state === 'quarantined' && one.server === server);
    return entry ? wordsOf(entry) : null;
  }

  /** By the name of a secret: the entries that are put back with it, in words. */
  putBackWith(): ReadonlyMap<string, readonly string[]> {
    const needs = this.#entries().flatMap((entry) =>
      secretsOfEntry(entry).map((secret) => ({ secret, entry: wordsOf(entry) })),
    );
    const bySecret = Map.groupBy(needs, ({ secret }) => secret);
    return new Map([...bySecret].map(([secret, of]) => [secret, of.map(({ entry }) => entry).sort()]));
  }

  projects(): string[] {
    const rows = this.#rows.list<{ folder: string }>(KIND).filter(({ key }) => key.startsWith(PROJECT));
    return rows.map(({ body }) => body.folder);
  }

  trust(folder: string, by: Actor): void {
    const draft = { type: 'config' as const, event: 'project-trusted', detail: { folder }, ...by };
    this.#rows.put(KIND, PROJECT + folder, { folder }, draft);
  }

  forget(folder: string, by: Actor): void {
    const draft = { type: 'config' as const, event: 'project-forgotten', detail: { folder }, ...by };
    this.#rows.remove(KIND, PROJECT + folder, draft);
  }

  #entries(): KeptEntry[] {
    const rows = this.#rows.list<KeptEntry>(KIND).filter(({ key }) => key.startsWith(ENTRY));
    return rows.map(({ body }) => body);
  }
}

function wordsOf({ name, file }: KeptEntry): string {
  return `${name} of ${file}`;
}

/** Which entry a record is about. */
export function factsOf({
  client,
  file,
  name,
}: Pick<KeptEntry, 'file' | 'name'> & { client: string }): Record<string, string> {
  return { client, file, entry: name };
}
