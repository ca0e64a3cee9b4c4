/** Writing clients' files: what stood there is kept, sealed, before a file is touched. */
import type { SecretInfo } from '../../contract/secret.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { Actor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import type { Secrets } from '../vault/ports.ts';
import { type KeptEntry, keepFields } from './kept.ts';
import type { ClientFiles } from './ports.ts';
import type { KeptField } from './rewrite.ts';
import type { ScannedEntry, ScannedFile } from './scan.ts';
import type { Shelf } from './shelf.ts';
import { maskLaunch } from './standing.ts';

export interface WriterParts {
  readonly files: ClientFiles;
  readonly secrets: Pick<Secrets, 'bind' | 'list' | 'sameAs' | 'set'>;
  readonly clock: Clock;
  readonly masker: () => Masker;
}

/** An entry whose fields are others in the text that is written. */
export interface WrittenEntry {
  readonly entry: ScannedEntry;
  /** What it connects to from then on. */
  readonly server: string;
  /** Its fields before. */
  readonly kept: readonly KeptField[];
}

export class ClientWriter {
  readonly #parts: WriterParts;
  readonly #shelf: Shelf;
  /** Keyed, since what it covers may be a secret. */
  readonly #mac: (text: string) => string;

  constructor(parts: WriterParts, shelf: Shelf, mac: (text: string) => string) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#mac = mac;
  }

  /**
   * Replaces the file; secrets among what was before are kept by these names, or by one of their own. A file that cannot
   * be replaced leaves no trace. Throws `Refused`.
   */
  async write(
    state: KeptEntry['state'],
    { file, text, entries }: { file: ScannedFile; text: string; entries: readonly WrittenEntry[] },
    values: ReadonlyMap<string, string>,
    by: Actor,
  ): Promise<void> {
    const kept: [string, KeptEntry][] = [];
    try {
      for (const written of entries) {
        const { fields, more } = keepFields(written.kept, values, this.#parts.masker(), (secret) =>
          this.undoName(secret),
        );
        for (const [name, value] of more) await this.keepSecret(name, value, [written.server], by);
        const entry = this.#kept(state, file, written, fields);
        this.#shelf.keep(written.entry.id, entry, by);
        kept.push([written.entry.id, entry]);
      }
      await this.#parts.files.replace(file.place.path, file.hash, text);
    } catch (error) {
      for (const [id, entry] of kept) this.#shelf.drop(id, entry, 'client-not-written', by);
      throw error;
    }
  }

  /** Only these servers get it, and who got this value by this name already. */
  async keepSecret(name: string, value: string, servers: string[], by: Actor): Promise<void> {
    const kept = await this.#keptAs(name, value);
    if (kept === undefined)
      return this.#parts.secrets.set(name, value, { scope: { servers, environment: null, expiresAt: null }, by });
    const { servers: before, environment, expiresAt } = kept;
    const more = before === null ? [] : servers.filter((server) => !before.includes(server));
    if (before === null || more.length === 0) return;
    await this.#parts.secrets.bind(name, { scope: { servers: [...before, ...more], environment, expiresAt }, by });
  }

  /** The secret of this name, where it is this very value and somebody knows who may get it. */
  async #keptAs(name: string, value: string): Promise<SecretInfo | undefined> {
    const { secrets } = this.#parts;
    if (!secrets.sameAs(value).includes(name)) return undefined;
    const isLost = ({ concerns }: SecretInfo) => concerns.some(({ id }) => id === 'lost');
    return (await secrets.list()).find((one) => one.name === name && !isLost(one));
  }

  /** The name of a secret that only putting an entry back needs. */
  undoName(text: string): string {
    return `undo-${this.#mac(text).slice(-16)}`;
  }

  #kept(
    state: KeptEntry['state'],
    { place }: ScannedFile,
    { entry: { launch, container, name }, server }: WrittenEntry,
    fields: KeptEntry['fields'],
  ): KeptEntry {
    const { masker, clock } = this.#parts;
    const { command, args } = maskLaunch(launch.kind === 'local' ? launch : { command: '', args: [] }, masker());
    const { client, path: file, format } = place;
    return {
      state,
      client,
      file,
      format,
      container: [...container],
      name,
      server,
      at: clock.now(),
      command,
      args,
      ...(launch.kind === 'remote' ? { url: masker().mask(launch.url) } : {}),
      fields,
    };
  }
}
