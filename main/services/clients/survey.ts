/** What clients launch now, where each entry stands, and what came without a person's decision. */
import type { LaunchFinding } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import type { Surroundings } from '../../core/clients/places.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { KnownActor } from '../actor.ts';
import type { Placed } from './plan.ts';
import type { ClientFiles, ParseConfig, ParseVariables } from './ports.ts';
import { ClientScan, entryId, type Scanned, type ScannedEntry, type ScannedFile } from './scan.ts';
import { type Seen, Sentry, type SentryParts, type Sighting } from './sentry.ts';
import type { Shelf } from './shelf.ts';
import { type StandingParts, standingOf } from './standing.ts';
import type { EntryFacts, Standing } from './view.ts';

export interface SurveyParts extends SentryParts, Pick<StandingParts, 'relay' | 'config'> {
  readonly files: ClientFiles;
  readonly parse: ParseConfig;
  readonly parseVariables: ParseVariables;
  readonly surroundings: Surroundings;
  readonly masker: () => StandingParts['masker'];
  readonly findings: (
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => LaunchFinding[];
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  readonly changed: () => void;
}

export class Survey {
  readonly #parts: SurveyParts;
  readonly #shelf: Shelf;
  /** Keyed, since what it covers may be a secret. */
  readonly #mac: (text: string) => string;
  readonly #scan: ClientScan;
  readonly #sentry: Sentry;
  #seen: ReadonlyMap<string, Seen> = new Map();
  #alarms: readonly string[] = [];
  #unreadable: readonly string[] = [];

  constructor(parts: SurveyParts, shelf: Shelf, mac: (text: string) => string) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#mac = mac;
    this.#scan = new ClientScan(parts);
    this.#sentry = new Sentry(parts);
  }

  /** Entries that came or changed and wait for a decision, in words. */
  get alarms(): readonly string[] {
    return this.#alarms;
  }

  /** Files that could be read and cannot any more, with where and why: what their clients start nobody knows. */
  get unreadable(): readonly string[] {
    return this.#unreadable;
  }

  /** Reads every file again. */
  async look(): Promise<Scanned> {
    const scanned = await this.#scan.scan(this.#shelf.projects());
    const before = [...this.#alarms, ...this.#unreadable].join();
    const pairs = scanned.files.flatMap((file) => file.entries.map((entry) => ({ file, entry })));
    const bad = scanned.files.flatMap((file) => unreadableOf(file, this.#parts.sha256));
    this.#seen = this.#sentry.observe([...pairs.map(({ file, entry }) => this.#sighting(entry, file)), ...bad]);
    this.#unreadable = bad
      .filter(({ id }) => this.#seen.get(id)?.appeared)
      .map(({ file, unreadable }) => `${file}, ${unreadable}`);
    this.#alarms = pairs
      .filter(({ entry }) => this.#seen.get(entry.id)?.appeared)
      .map(({ file, entry }) => `${entry.name} in ${file.place.path}`);
    if ([...this.#alarms, ...this.#unreadable].join() !== before) this.#parts.changed();
    return scanned;
  }

  /** Where these entries stand now, all at one look. Throws `Refused('NOT_FOUND')`. */
  async find(ids: readonly string[]): Promise<Placed[]> {
    const { files } = await this.look();
    return ids.map((id) => {
      const file = files.find(({ entries }) => entries.some((entry) => entry.id === id));
      const entry = file?.entries.find((one) => one.id === id);
      if (!file || !entry) throw new Refused('NOT_FOUND', 'no client has this entry any more');
      return { file, entry };
    });
  }

  standing(entry: ScannedEntry, file: ScannedFile): Standing {
    const { relay, config, surroundings, masker } = this.#parts;
    const kept = this.#shelf.entry(entry.id);
    const seen = this.#seen.get(entry.id);
    return standingOf(entry, file, { relay, config, home: surroundings.home, masker: masker(), kept, seen });
  }

  /** That, and what is to be known of what it starts around us. */
  facts(entry: ScannedEntry, file: ScannedFile): EntryFacts {
    const { launch } = entry;
    const standing = this.standing(entry, file);
    const around = launch.kind === 'local' && (standing.state === 'unprotected' || standing.state === 'uncovered');
    return { ...standing, findings: around ? this.#parts.findings(launch.command, launch.args, launch.env) : [] };
  }

  /** A person decided that these stand as they are now. */
  settle(ids: readonly string[]): Promise<void> {
    return this.#settle(({ id }) => ids.includes(id));
  }

  /** A person has trusted a folder: what stands in its files was there before anybody looked. */
  begin(folder: string): Promise<void> {
    return this.#settle(({ id }, { place }) => place.project === folder && !this.#seen.has(id));
  }

  async #settle(which: (entry: ScannedEntry, file: ScannedFile) => boolean): Promise<void> {
    const { files } = await this.#scan.scan(this.#shelf.projects());
    const settled = files.flatMap((file) =>
      file.entries.filter((entry) => which(entry, file)).map((entry) => this.#sighting(entry, file)),
    );
    this.#sentry.settle(settled);
  }

  /** What a decision about an entry binds to. */
  digestOf({ launch }: ScannedEntry): string {
    return this.#mac(canonicalJson(launch));
  }

  /** A person leaves this entry as it is, until it launches something else. */
  leave({ file, entry }: Placed, by: KnownActor): void {
    this.#sentry.leave(this.#sighting(entry, file), by);
  }

  #sighting(entry: ScannedEntry, file: ScannedFile): Sighting {
    const { state, server } = this.standing(entry, file);
    const kept = this.#shelf.entry(entry.id);
    const around = state === 'unprotected' || state === 'uncovered' || state === 'remote';
    const released = kept && around ? 'released' : null;
    return {
      id: entry.id,
      digest: this.digestOf(entry),
      waits: around && entry.launch.kind !== 'other',
      client: file.place.client,
      file: file.place.path,
      name: entry.name,
      ours: kept && kept.server === server ? 'through' : released,
    };
  }
}

/** A file that cannot be read, as something to keep an eye on. */
function unreadableOf(
  { place: { client, path }, problem }: ScannedFile,
  sha256: (text: string) => string,
): (Sighting & { readonly unreadable: string })[] {
  if (problem === null) return [];
  const id = entryId(sha256, path, { container: [], name: '' });
  const unreadable = problem.line === null ? problem.message : `line ${problem.line}: ${problem.message}`;
  return [{ id, digest: 'unreadable', waits: true, client, file: path, name: '', ours: null, unreadable }];
}
