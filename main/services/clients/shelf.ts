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
    const entries = this.#rows.list<KeptEntry>(KIND).filter(({ key }) => key.startsWith(ENTRY));
    const row = entries.find(({ body }) => body.state === 'quarantined' && body.server === server);
    return row ? `${row.body.name} of ${row.body.file}` : null;
  }

  /** The entries that are put back with this secret, in words. */
  needing(secret: string): string[] {
    const entries = this.#rows.list<KeptEntry>(KIND).filter(({ key }) => key.startsWith(ENTRY));
    const needing = entries.filter(({ body }) => secretsOfEntry(body).includes(secret));
    return needing.map(({ body }) => `${body.name} of ${body.file}`).sort();
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
}

/** Which entry a record is about. */
export function factsOf({
  client,
  file,
  name,
}: Pick<KeptEntry, 'file' | 'name'> & { client: string }): Record<string, string> {
  return { client, file, entry: name };
}
