/** The configured servers, and which of them are switched off. */
import { firstFault } from '../../contract/fault.ts';
import { name as nameSchema } from '../../contract/names.ts';
import { Refused } from '../../contract/refusal.ts';
import type { SandboxEntry } from '../../contract/sandbox.ts';
import { type ServerEntry, serverEntry } from '../../contract/server.ts';
import type { Actor } from '../actor.ts';
import type { AuditReader, AuditWriter } from '../audit/ports.ts';
import { inTurn } from '../inTurn.ts';
import type { ServersConfig, ServersText, WatchedText } from './ports.ts';
import { ToldEntries, type ToldParts } from './toldEntries.ts';

export interface ServersConfigParts extends ToldParts {
  /** `servers.json`. */
  readonly file: WatchedText;
  readonly syntax: ServersText;
  readonly audit: AuditWriter;
  /** What was switched before, so that a removed or older row does not switch a server on. */
  readonly history: Pick<AuditReader, 'search'>;
}

/** Body of a sealed `switch` row, by server. */
interface Switch {
  readonly off: boolean;
}

/**
 * Opens `servers.json`. Its `disabled: true` takes effect at once and is sealed; from then on the sealed row decides,
 * so that editing the file does not switch a server on again (SECURITY.md rule 1). A file with any fault leaves the
 * last good one in force and shows in `problem`. `close` ends the watching.
 */
export async function openServersConfig(
  parts: ServersConfigParts,
): Promise<ServersConfig & { close(): void; reload(): Promise<void> }> {
  const config = new OpenServersConfig(parts);
  await config.restoreSwitches();
  await config.reload();
  return config;
}

class OpenServersConfig implements ServersConfig {
  readonly #parts: ServersConfigParts;
  readonly #told: ToldEntries;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  #entries: ReadonlyMap<string, ServerEntry> = new Map();
  #problem: string | null = null;
  readonly #inTurn = inTurn();
  /** Off in this run, whatever becomes of their rows meanwhile: only a person switches on again. */
  readonly #off = new Set<string>();

  constructor(parts: ServersConfigParts) {
    this.#parts = parts;
    this.#told = new ToldEntries(parts);
    this.#unwatch = parts.file.onChange(() => void this.reload().catch(() => {}));
  }

  entries(): ReadonlyMap<string, ServerEntry> {
    return new Map([...this.#entries].map(([server, entry]) => [server, this.#switched(server, entry)]));
  }

  entry(server: string): ServerEntry | undefined {
    const entry = this.#entries.get(server);
    return entry && this.#switched(server, entry);
  }

  problem(): string | null {
    return this.#problem;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(server: string, entry: ServerEntry, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      if (!nameSchema.safeParse(server).success) throw new Refused('NAME_INVALID', server.slice(0, 64));
      const parsed = serverEntry.safeParse(entry);
      if (!parsed.success) throw new Refused('INPUT_INVALID', firstFault(parsed.error)?.text ?? 'the entry');
      const text = await this.#soundText();
      if (this.#entries.has(server)) throw new Refused('INPUT_INVALID', `there is a server named ${server} already`);
      await this.#replace(this.#parts.syntax.withEntry(text, server, written(entry)), server, 'added', by);
    });
  }

  remove(server: string, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const text = await this.#soundText();
      this.#known(server);
      await this.#replace(this.#parts.syntax.withEntry(text, server, undefined), server, 'removed', by);
    });
  }

  setSandbox(server: string, sandbox: SandboxEntry, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const text = await this.#soundText();
      this.#known(server);
      const next = this.#parts.syntax.withEntryKey(text, server, 'sandbox', sandbox);
      await this.#replace(next, server, 'changed', by);
    });
  }

  setDisabled(server: string, disabled: boolean, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      this.#known(server);
      // Off counts from here on, whatever becomes of the file; on counts only with the file agreeing.
      if (disabled) this.#switchOff(server, by);
      const text = await this.#soundText();
      const next = this.#parts.syntax.withEntryKey(text, server, 'disabled', disabled ? true : undefined);
      if (next !== text) await this.#replace(next, server, 'changed', by);
      if (!disabled && this.#isOff(server)) {
        this.#parts.sealed.put('switch', server, { off: false }, { type: 'switch', event: 'on', server, ...by });
        this.#off.delete(server);
      }
      this.#announce();
    });
  }

  /** Reads the file again; called by itself when the file changes. */
  reload(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        this.#take(await this.#text());
      } catch (error) {
        this.#problem = problemOf(error);
        this.#announce();
      }
    });
  }

  /** A server that was ever switched has a row. Without one that counts nobody knows what it said: off, and an alarm. */
  async restoreSwitches(): Promise<void> {
    for (const { key, body } of this.#parts.sealed.list<Switch>('switch')) if (body.off) this.#off.add(key);
    const switched = new Set<string>();
    let cursor: number | undefined;
    do {
      const page = await this.#parts.history.search({ type: 'switch', limit: 500, ...(cursor ? { cursor } : {}) });
      for (const { server } of page.records) if (server) switched.add(server);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    for (const server of switched) {
      if (this.#parts.sealed.get('switch', server) !== undefined) continue;
      const reason = 'The record of the switch has no row.';
      this.#parts.audit.append({ type: 'alarm', event: 'switch-lost', server, reason });
      this.#switchOff(server, { via: 'recovery' });
    }
  }

  close(): void {
    this.#unwatch();
  }

  #take(text: string | null, ours = false): void {
    const read = this.#parts.syntax.read(text);
    this.#problem = read.ok ? null : read.problem;
    if (read.ok) this.#entries = read.entries;
    const off = read.ok
      ? [...read.entries].flatMap(([server, entry]) => (entry.disabled ? [server] : []))
      : read.switchedOff;
    for (const server of off) if (!this.#isOff(server)) this.#switchOff(server, { via: 'file' });
    if (read.ok && !ours) this.#tellFound(read.entries);
    this.#announce();
  }

  /** What was changed by hand, be it while nothing ran. */
  #tellFound(entries: ReadonlyMap<string, ServerEntry>): void {
    for (const { server, event, entry } of this.#told.differences(entries))
      this.#told.tell(`found-${event}`, server, { via: 'file' }, entry);
  }

  #switched(server: string, entry: ServerEntry): ServerEntry {
    return this.#isOff(server) ? { ...entry, disabled: true } : entry;
  }

  #isOff(server: string): boolean {
    return this.#off.has(server);
  }

  #switchOff(server: string, by: Actor): void {
    this.#off.add(server);
    this.#parts.sealed.put('switch', server, { off: true }, { type: 'switch', event: 'off', server, ...by });
  }

  async #soundText(): Promise<string | null> {
    const text = await this.#text();
    const read = this.#parts.syntax.read(text);
    if (!read.ok) throw new Refused('CONFIG_INVALID', read.problem);
    return text;
  }

  /** Throws `Refused('CONFIG_INVALID')` for what cannot be read, such as a folder of that name. */
  #text(): Promise<string | null> {
    return this.#parts.file.read().catch((error: Error) => {
      throw new Refused('CONFIG_INVALID', `servers.json cannot be read: ${error.message}`);
    });
  }

  /** Writes what was changed of a server, after its record: no entry is ours that nobody can be asked about. */
  async #replace(text: string, server: string, event: 'added' | 'removed' | 'changed', by: Actor): Promise<void> {
    const read = this.#parts.syntax.read(text);
    if (!read.ok) throw new Refused('INPUT_INVALID', read.problem);
    this.#told.tell(event, server, by, read.entries.get(server));
    try {
      await this.#parts.file.write(text);
    } catch (error) {
      this.#told.tell('not-written', server, by, this.#entries.get(server));
      throw error;
    }
    this.#take(text, true);
  }

  #known(server: string): void {
    if (!this.#entries.has(server)) throw new Refused('SERVER_UNKNOWN', server);
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  /** One change at a time, so that none is built on a text another has replaced. */
}

/** What is wrong, without what CONFIG_INVALID says around it anyway. */
function problemOf(error: unknown): string {
  if (error instanceof Refused && error.refusal.code === 'CONFIG_INVALID' && error.refusal.detail !== undefined)
    return error.refusal.detail;
  return error instanceof Error ? error.message : String(error);
}

/** The entry as a person would write it: nothing that is only a default. */
function written(entry: ServerEntry): ServerEntry {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([, value]) =>
        value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0),
    ),
  ) as ServerEntry;
}
