/** The AI clients of this account: what they launch, putting them behind us, and what changes in their files. */
import type { ClientsChoice, ClientsView, ProtectPlan } from '../../contract/client.ts';
import type { LaunchFinding } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import type { PlainMap } from '../../core/clients/format.ts';
import type { Surroundings } from '../../core/clients/places.ts';
import { type RelayCommand, relayedServer, relayLaunch } from '../../core/clients/relay.ts';
import { whySecret } from '../../core/clients/secretValue.ts';
import { fieldsFor } from '../../core/clients/shapes.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { AuditWriter, SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { ServersConfig } from '../launch/ports.ts';
import type { DeviceKeys, Secrets } from '../vault/ports.ts';
import { type KeptEntry, keepFields, secretsOfEntry } from './kept.ts';
import { Lookout } from './lookout.ts';
import { type FullPlan, type Placed, planProtection } from './plan.ts';
import type { ClientFiles, ParseConfig } from './ports.ts';
import { rewrite } from './rewrite.ts';
import { ClientScan, type Scanned, type ScannedEntry, type ScannedFile } from './scan.ts';
import { type Appeared, Sentry, type Sighting } from './sentry.ts';
import { type By, Shelf } from './shelf.ts';
import { maskLaunch, standingOf, whyFixed } from './standing.ts';
import { planUndo, type Rewritten, type UndoPlan, undone } from './undo.ts';
import { type EntryFacts, viewOf } from './view.ts';

export interface ClientsParts {
  readonly files: ClientFiles;
  readonly parse: ParseConfig;
  readonly surroundings: Surroundings;
  readonly relay: RelayCommand;
  readonly config: ServersConfig;
  readonly secrets: Secrets;
  readonly rows: SealedRows;
  readonly audit: AuditWriter;
  readonly keys: DeviceKeys;
  readonly clock: Clock;
  readonly masker: () => Masker;
  /** What is to be known of a launch that nobody has added yet. */
  readonly findings: (
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => LaunchFinding[];
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
}

export class Clients {
  readonly #parts: ClientsParts;
  readonly #scan: ClientScan;
  readonly #sentry: Sentry;
  readonly #lookout: Lookout;
  readonly #shelf: Shelf;
  #appeared: ReadonlyMap<string, Appeared> = new Map();
  #alarms: readonly string[] = [];
  /** Scans and changes wait for each other, so that none is built on files another has replaced. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ClientsParts) {
    this.#parts = parts;
    this.#scan = new ClientScan(parts);
    this.#sentry = new Sentry(parts);
    this.#shelf = new Shelf(parts);
    this.#lookout = new Lookout(parts, () => void this.open().then(parts.changed));
  }

  /** Looks for the first time and from then on watches. */
  async open(): Promise<void> {
    await this.#inTurn(() => this.#look()).catch(this.#parts.fault);
  }

  list(): Promise<ClientsView> {
    return this.#inTurn(async () =>
      viewOf(await this.#look(), this.#shelf.projects(), (entry, file) => this.#facts(entry, file)),
    );
  }

  /** Throws `Refused` with NOT_FOUND, INPUT_INVALID or CONFIG_INVALID. */
  plan(choice: ClientsChoice): Promise<ProtectPlan> {
    return this.#inTurn(async () => (await this.#plan(choice)).shown);
  }

  /** The plan that was shown. Throws `Refused('ASK_CHANGED')` when it is another by now. */
  planned(choice: ClientsChoice, digest: string): Promise<ProtectPlan> {
    return this.#inTurn(async () => (await this.#planned(choice, digest)).shown);
  }

  /** Adds the servers of a plan; none can start before its consent. Throws `Refused('ASK_CHANGED')` when the plan is another by now. */
  import(choice: ClientsChoice, digest: string): Promise<string[]> {
    return this.#inTurn(async () => {
      const { shown } = await this.#planned(choice, digest);
      await this.#addServers(shown);
      return shown.servers.map(({ name }) => name);
    });
  }

  /** Does what the plan shows, on a person's word. Throws `Refused`; what stood before a refused file is then in force. */
  protect(choice: ClientsChoice, digest: string, by: By): Promise<void> {
    return this.#inTurn(async () => {
      const plan = await this.#planned(choice, digest);
      await this.#addServers(plan.shown);
      for (const [name, value] of plan.values) {
        const servers = plan.shown.secrets.filter((one) => one.name === name).map(({ server }) => server);
        await this.#keepSecret(name, value, servers, by);
      }
      for (const { file, text, entries } of plan.files) {
        const rows = entries.map(({ entry, server, kept }) => {
          const { fields, more } = keepFields(kept, plan.values, this.#masker(), this.#undoName);
          return { entry, more, body: this.#body('protected', file, entry, server, fields) };
        });
        await this.#replace(file, text, rows, by);
      }
      await this.#look();
      this.#parts.changed();
    });
  }

  /** Throws `Refused` with NOT_FOUND or CONFIG_INVALID. */
  planUndo(ids: readonly string[]): Promise<UndoPlan> {
    return this.#inTurn(async () => this.#undoPlan(await this.#rewritten(ids)));
  }

  /** What undoing was shown to do. Throws `Refused('ASK_CHANGED')` when it is something else by now. */
  plannedUndo(ids: readonly string[], digest: string): Promise<UndoPlan> {
    return this.#inTurn(async () => {
      const plan = await this.#undoPlan(await this.#rewritten(ids));
      if (plan.digest !== digest) throw new Refused('ASK_CHANGED', 'the files are others by now');
      return plan;
    });
  }

  /** Puts entries back, secrets included, on a person's word. Servers and secrets stay here. Throws `Refused`. */
  undo(ids: readonly string[], digest: string, by: By): Promise<void> {
    return this.#inTurn(async () => {
      const entries = await this.#rewritten(ids);
      if ((await this.#undoPlan(entries)).digest !== digest)
        throw new Refused('ASK_CHANGED', 'the files are others by now');
      const values = new Map<string, string>();
      for (const { kept } of entries) {
        const found = await this.#parts.secrets.resolve(kept.server, secretsOfEntry(kept));
        for (const [name, value] of found) values.set(name, value);
      }
      for (const { file, text } of await undone(entries, this.#parts.parse, values)) {
        await this.#parts.files.replace(file.place.path, file.hash, text);
        for (const { id, kept } of entries.filter((one) => one.file === file))
          this.#shelf.drop(id, kept, 'client-unprotected', by);
      }
      const { files } = await this.#scan.scan(this.#shelf.projects());
      const settled = files.flatMap((file) => file.entries).filter(({ id }) => ids.includes(id));
      this.#sentry.settle(new Map(settled.map((entry) => [entry.id, this.#digestOf(entry)])));
      await this.#look();
      this.#parts.changed();
    });
  }

  /** Makes an entry unable to start anything, and keeps what it was. Throws `Refused`. */
  quarantine(id: string, by: By): Promise<void> {
    return this.#inTurn(async () => {
      const { file, entry } = (await this.#find([id]))[0] as Placed;
      const { state } = this.#facts(entry, file);
      const fixed = whyFixed(entry, file);
      if (fixed !== null || (state !== 'unprotected' && state !== 'uncovered'))
        throw new Refused('INPUT_INVALID', `${entry.name} of ${file.place.path}: ${fixed ?? `it is ${state}`}`);
      const { parse, relay } = this.#parts;
      const server = `quarantine.${id.slice('sha256:'.length, 'sha256:'.length + 12)}`;
      const fields = fieldsFor(file.place.client, entry.value as PlainMap, relayLaunch(relay, server));
      const next = await rewrite(parse, file.place.format, file.text, entry.path, fields);
      const env = entry.launch.kind === 'local' ? entry.launch.env : {};
      const values = new Map(
        Object.entries(env)
          .filter(([variable, value]) => whySecret(variable, value, this.#masker()) !== null)
          .map(([, value]) => [this.#undoName(value), value]),
      );
      const { fields: kept, more } = keepFields(next.kept, values, this.#masker(), this.#undoName);
      const body = this.#body('quarantined', file, entry, server, kept);
      await this.#replace(file, next.text, [{ entry, more: new Map([...values, ...more]), body }], by);
      await this.#look();
      this.#parts.changed();
    });
  }

  /** Has the files in a project's folder read from now on, on a person's word. Throws `Refused('NOT_FOUND')`. */
  async trust(folder: string, by: By): Promise<void> {
    const found = await this.#parts.files.folder(folder);
    if (found === null) throw new Refused('NOT_FOUND', folder);
    this.#shelf.trust(found, by);
    await this.#inTurn(() => this.#look());
    this.#parts.changed();
  }

  /** Reads nothing in that folder any more. Throws `Refused('NOT_FOUND')`. */
  async forget(folder: string): Promise<void> {
    if (!this.#shelf.projects().includes(folder)) throw new Refused('NOT_FOUND', folder);
    this.#shelf.forget(folder);
    await this.#inTurn(() => this.#look());
    this.#parts.changed();
  }

  /** What is quarantined behind a name that a client connects to; null for every other name. */
  quarantined(server: string): string | null {
    return this.#shelf.quarantined(server);
  }

  /** Entries that came or changed and wait for a decision, in words. */
  alarms(): readonly string[] {
    return this.#alarms;
  }

  async close(): Promise<void> {
    this.#lookout.stop();
    await this.#queue;
    await this.#lookout.close();
  }

  async #look(): Promise<Scanned> {
    const scanned = await this.#scan.scan(this.#shelf.projects());
    const before = this.#alarms.join();
    const pairs = scanned.files.flatMap((file) => file.entries.map((entry) => ({ file, entry })));
    this.#appeared = this.#sentry.observe(pairs.map(({ file, entry }) => this.#sighting(entry, file)));
    this.#alarms = pairs
      .filter(({ entry }) => this.#appeared.has(entry.id))
      .map(({ file, entry }) => `${entry.name} in ${file.place.path}`);
    if (this.#alarms.join() !== before) this.#parts.changed();
    await this.#lookout.follow(scanned.paths);
    return scanned;
  }

  #sighting(entry: ScannedEntry, file: ScannedFile): Sighting {
    const { state } = this.#facts(entry, file);
    return {
      id: entry.id,
      digest: this.#digestOf(entry),
      waits: entry.launch.kind === 'local' && (state === 'unprotected' || state === 'uncovered'),
      client: file.place.client,
      file: file.place.path,
      name: entry.name,
      released: state === 'unprotected' && this.#shelf.entry(entry.id) !== undefined,
    };
  }

  #facts(entry: ScannedEntry, file: ScannedFile): EntryFacts {
    const { relay, config, findings, surroundings } = this.#parts;
    const { home } = surroundings;
    const masker = this.#masker();
    const kept = this.#shelf.entry(entry.id);
    const appeared = this.#appeared.get(entry.id) ?? null;
    return standingOf(entry, file, { relay, config, home, findings, masker, kept, appeared });
  }

  async #plan(choice: ClientsChoice): Promise<FullPlan> {
    const { parse, relay, surroundings, config, secrets, sha256 } = this.#parts;
    return planProtection(await this.#placed(choice.entries), choice, {
      parse,
      relay,
      home: surroundings.home,
      masker: this.#masker(),
      servers: config.entries(),
      hasSecret: (name) => secrets.has(name),
      digest: (text) => `sha256:${sha256(text)}`,
      valueDigest: (value) => this.#mac(value),
    });
  }

  /** The plan again. What was shown is what is done, or nothing is. */
  async #planned(choice: ClientsChoice, digest: string): Promise<FullPlan> {
    const plan = await this.#plan(choice);
    if (plan.shown.digest !== digest) throw new Refused('ASK_CHANGED', 'a file or a server is another by now');
    return plan;
  }

  /** Where these entries stand now, all at one look. */
  async #find(ids: readonly string[]): Promise<Placed[]> {
    const { files } = await this.#look();
    return ids.map((id) => {
      const file = files.find(({ entries }) => entries.some((entry) => entry.id === id));
      const entry = file?.entries.find((one) => one.id === id);
      if (!file || !entry) throw new Refused('NOT_FOUND', 'no client has this entry any more');
      return { file, entry };
    });
  }

  async #placed(ids: readonly string[]): Promise<Placed[]> {
    const placed = await this.#find(ids);
    for (const { file, entry } of placed) {
      const { state, reason } = this.#facts(entry, file);
      if (state !== 'unprotected')
        throw new Refused('INPUT_INVALID', `${entry.name} of ${file.place.path}: ${reason ?? `it is ${state}`}`);
    }
    return placed;
  }

  async #rewritten(ids: readonly string[]): Promise<Rewritten[]> {
    const placed = await this.#find(ids);
    return placed.map(({ file, entry }) => {
      const kept = this.#shelf.entry(entry.id);
      if (!kept) throw new Refused('NOT_FOUND', 'nothing of ours stands there');
      const { launch } = entry;
      const server = launch.kind === 'local' ? relayedServer(this.#parts.relay, launch) : null;
      if (server !== kept.server)
        throw new Refused('CLIENT_FILE_CHANGED', `${kept.name} of ${kept.file} was changed by hand`);
      return { id: entry.id, file, path: entry.path, kept };
    });
  }

  #undoPlan(entries: readonly Rewritten[]): Promise<UndoPlan> {
    const { parse, sha256 } = this.#parts;
    return planUndo(entries, { parse, masker: this.#masker(), digest: (text) => `sha256:${sha256(text)}` });
  }

  async #addServers({ servers }: ProtectPlan): Promise<void> {
    for (const { name, command, args, env, cwd, present } of servers) {
      if (!present) await this.#parts.config.add(name, { command, args, env, ...(cwd === null ? {} : { cwd }) });
    }
  }

  /** Only these servers get it. */
  #keepSecret(name: string, value: string, servers: string[], by: By): Promise<void> {
    return this.#parts.secrets.set(name, value, { scope: { servers, environment: null, expiresAt: null }, by });
  }

  /** What is kept is safe before the file is touched; a file that cannot be replaced leaves no trace. */
  async #replace(
    file: ScannedFile,
    text: string,
    rows: readonly { entry: ScannedEntry; body: KeptEntry; more: ReadonlyMap<string, string> }[],
    by: By,
  ): Promise<void> {
    const kept: (typeof rows)[number][] = [];
    try {
      for (const row of rows) {
        for (const [name, value] of row.more) await this.#keepSecret(name, value, [row.body.server], by);
        this.#shelf.keep(row.entry.id, row.body, by);
        kept.push(row);
      }
      await this.#parts.files.replace(file.place.path, file.hash, text);
    } catch (error) {
      for (const { entry, body } of kept) this.#shelf.drop(entry.id, body, 'client-not-written', by);
      throw error;
    }
  }

  #body(
    state: KeptEntry['state'],
    { place }: ScannedFile,
    { launch, container, name }: ScannedEntry,
    server: string,
    fields: KeptEntry['fields'],
  ): KeptEntry {
    const { command, args } = maskLaunch(launch.kind === 'local' ? launch : { command: '', args: [] }, this.#masker());
    const { client, path: file, format } = place;
    const at = this.#parts.clock.now();
    return { state, client, file, format, container: [...container], name, server, at, command, args, fields };
  }

  /** Of what an entry launches: keyed, since it covers secrets. */
  #digestOf({ launch }: ScannedEntry): string {
    return this.#mac(canonicalJson(launch));
  }

  #mac(text: string): string {
    const mac = this.#parts.keys.mac('client-file', new TextEncoder().encode(text));
    return `hmac-sha256:${Buffer.from(mac).toString('hex')}`;
  }

  readonly #undoName = (text: string): string => `undo-${this.#mac(text).slice(-16)}`;

  #masker(): Masker {
    return this.#parts.masker();
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}
