/** The AI clients of this account: what they launch, putting them behind us, and what changes in their files. */
import type { ClientsChoice, ClientsView, LeaveSubject, ProtectPlan } from '../../contract/client.ts';
import { Refused } from '../../contract/refusal.ts';
import type { PlainMap } from '../../core/clients/format.ts';
import { relayLaunch } from '../../core/clients/relay.ts';
import { whySecret } from '../../core/clients/secretValue.ts';
import { fieldsFor } from '../../core/clients/shapes.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { Actor, KnownActor } from '../actor.ts';
import { inTurn } from '../inTurn.ts';
import type { ServersConfig } from '../launch/ports.ts';
import type { DeviceKeys, Secrets } from '../vault/ports.ts';
import { secretsOfEntry } from './kept.ts';
import { Lookout } from './lookout.ts';
import { type FullPlan, type Placed, planProtection } from './plan.ts';
import { rewrite } from './rewrite.ts';
import type { Scanned } from './scan.ts';
import { Shelf } from './shelf.ts';
import { goesThrough, whyFixed } from './standing.ts';
import { Survey, type SurveyParts } from './survey.ts';
import { planUndo, type Rewritten, type UndoPlan, undone } from './undo.ts';
import { entryView, viewOf } from './view.ts';
import { ClientWriter, type WriterParts } from './writer.ts';

export interface ClientsParts extends SurveyParts, WriterParts {
  readonly config: ServersConfig;
  readonly secrets: Secrets;
  readonly keys: DeviceKeys;
  readonly masker: () => Masker;
  readonly fault: (error: unknown) => void;
}

interface FullUndo {
  readonly entries: readonly Rewritten[];
  readonly plan: UndoPlan;
  /** Values by the name of their secret. */
  readonly values: ReadonlyMap<string, string>;
}

export class Clients {
  readonly #parts: ClientsParts;
  readonly #shelf: Shelf;
  readonly #survey: Survey;
  readonly #writer: ClientWriter;
  readonly #lookout: Lookout;
  /** Scans and changes wait for each other, so that none is built on files another has replaced. */
  readonly #inTurn = inTurn();

  constructor(parts: ClientsParts) {
    this.#parts = parts;
    this.#shelf = new Shelf(parts);
    this.#survey = new Survey(parts, this.#shelf, this.#mac);
    this.#writer = new ClientWriter(parts, this.#shelf, this.#mac);
    this.#lookout = new Lookout(parts, () => void this.open().then(parts.changed));
  }

  /** Looks for the first time and from then on watches. */
  async open(): Promise<void> {
    await this.#inTurn(() => this.#look()).catch(this.#parts.fault);
  }

  list(): Promise<ClientsView> {
    return this.#inTurn(async () =>
      viewOf(await this.#look(), this.#shelf.projects(), (entry, file) => this.#survey.facts(entry, file)),
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
  import(choice: ClientsChoice, digest: string, by: Actor): Promise<string[]> {
    return this.#inTurn(async () => {
      const plan = await this.#planned(choice, digest);
      await this.#addServers(plan, by);
      return plan.servers.map(({ name }) => name);
    });
  }

  /** Does what the plan shows, on a person's word. Throws `Refused`; what stood before a refused file is then in force. */
  protect(choice: ClientsChoice, digest: string, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const plan = await this.#planned(choice, digest);
      await this.#addServers(plan, by);
      for (const [name, value] of plan.values) {
        const servers = plan.shown.secrets.filter((one) => one.name === name).map(({ server }) => server);
        await this.#writer.keepSecret(name, value, servers, by);
      }
      for (const file of plan.files) await this.#writer.write('protected', file, plan.values, by);
      await this.#look();
      this.#parts.changed();
    });
  }

  /** Throws `Refused` with NOT_FOUND or CONFIG_INVALID. */
  planUndo(ids: readonly string[]): Promise<UndoPlan> {
    return this.#inTurn(async () => (await this.#undoPlan(ids)).plan);
  }

  /** What undoing was shown to do. Throws `Refused('ASK_CHANGED')` when it is something else by now. */
  plannedUndo(ids: readonly string[], digest: string): Promise<UndoPlan> {
    return this.#inTurn(async () => (await this.#plannedUndo(ids, digest)).plan);
  }

  /** Puts entries back, secrets included, on a person's word. Servers and secrets stay here. Throws `Refused`. */
  undo(ids: readonly string[], digest: string, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const { entries, values } = await this.#plannedUndo(ids, digest);
      for (const { file, text } of await undone(entries, this.#parts.parse, values)) {
        await this.#parts.files.replace(file.place.path, file.hash, text);
        const back = entries.filter((one) => one.file === file);
        for (const { id, kept } of back) this.#shelf.drop(id, kept, 'client-unprotected', by);
        // Also where a later file refuses: what a person had put back alarms nobody.
        await this.#survey.settle(back.map(({ id }) => id));
      }
      await this.#look();
      this.#parts.changed();
    });
  }

  /** Makes an entry unable to start or reach anything, and keeps what it was. Throws `Refused`. */
  quarantine(id: string, by: Actor): Promise<void> {
    return this.#inTurn(async () => {
      const { file, entry } = (await this.#survey.find([id]))[0] as Placed;
      const { state } = this.#survey.standing(entry, file);
      const fixed = whyFixed(entry, file);
      if (fixed !== null || state === 'protected' || state === 'quarantined')
        throw new Refused('INPUT_INVALID', `${entry.name} of ${file.place.path}: ${fixed ?? `it is ${state}`}`);
      const { parse, relay } = this.#parts;
      const server = `quarantine.${id.slice('sha256:'.length, 'sha256:'.length + 12)}`;
      const fields = fieldsFor(file.place.client, entry.value as PlainMap, relayLaunch(relay, server));
      const next = await rewrite(parse, file.place.format, file.text, entry.path, fields);
      const env = entry.launch.kind === 'local' ? entry.launch.env : {};
      const values = new Map(
        Object.entries(env)
          .filter(([variable, value]) => whySecret(variable, value, this.#parts.masker()) !== null)
          .map(([, value]) => [this.#writer.undoName(value), value]),
      );
      for (const [name, value] of values) await this.#writer.keepSecret(name, value, [server], by);
      const entries = [{ entry, server, kept: next.kept }];
      await this.#writer.write('quarantined', { file, text: next.text, entries }, values, by);
      await this.#look();
      this.#parts.changed();
    });
  }

  /** What leaving an entry as it is lets a client start. Throws `Refused` when nobody has to decide about it. */
  planLeave(id: string): Promise<LeaveSubject> {
    return this.#inTurn(async () => {
      const { file, entry } = (await this.#survey.find([id]))[0] as Placed;
      const facts = this.#survey.facts(entry, file);
      if (facts.appeared === null) throw new Refused('INPUT_INVALID', `${entry.name} waits for no decision`);
      const { client, path } = file.place;
      const launchDigest = this.#survey.digestOf(entry);
      return { kind: 'leave', client, file: path, entry: entryView(entry, file.document, facts), launchDigest };
    });
  }

  /** Does so, on a person's word. Throws `Refused('ASK_CHANGED')` when it launches something else by now. */
  leave(id: string, launchDigest: string, by: KnownActor): Promise<void> {
    return this.#inTurn(async () => {
      const placed = (await this.#survey.find([id]))[0] as Placed;
      if (this.#survey.digestOf(placed.entry) !== launchDigest)
        throw new Refused('ASK_CHANGED', `${placed.entry.name} launches something else by now`);
      this.#survey.leave(placed, by);
      await this.#look();
      this.#parts.changed();
    });
  }

  /** The folder that a path leads to, for a person to be asked about. Throws `Refused('NOT_FOUND')` where none is. */
  async planTrust(path: string): Promise<string> {
    const found = await this.#parts.files.folder(path);
    if (found === null) throw new Refused('NOT_FOUND', `no folder is at ${path}`);
    return found;
  }

  /** Has the files in that folder read from now on, on a person's word. Throws `Refused` when it is another by now. */
  async trust(folder: string, by: Actor): Promise<void> {
    if ((await this.planTrust(folder)) !== folder) throw new Refused('ASK_CHANGED', `${folder} leads elsewhere by now`);
    await this.#inTurn(async () => {
      // What was seen until now has to be known, or all of it would be new beside what is settled.
      await this.#look();
      this.#shelf.trust(folder, by);
      await this.#survey.begin(folder);
      await this.#look();
    });
    this.#parts.changed();
  }

  /** Reads nothing any more in the folder that a path leads to. Throws `Refused('NOT_FOUND')`. */
  async forget(folder: string, by: Actor): Promise<void> {
    const trusted = this.#shelf.projects();
    // What is gone by now goes by the name it had.
    const known = trusted.includes(folder) ? folder : ((await this.#parts.files.folder(folder)) ?? folder);
    if (!trusted.includes(known)) throw new Refused('NOT_FOUND', folder);
    this.#shelf.forget(known, by);
    await this.#inTurn(() => this.#look());
    this.#parts.changed();
  }

  /** What is quarantined behind a name that a client connects to; null for every other name. */
  quarantined(server: string): string | null {
    return this.#shelf.quarantined(server);
  }

  /** Entries that came or changed and wait for a decision, in words. */
  alarms(): readonly string[] {
    return this.#survey.alarms;
  }

  /** Files that could be read and cannot any more, in words. */
  unreadable(): readonly string[] {
    return this.#survey.unreadable;
  }

  async close(): Promise<void> {
    this.#lookout.stop();
    await this.#inTurn(() => this.#lookout.close());
  }

  async #look(): Promise<Scanned> {
    const scanned = await this.#survey.look();
    await this.#lookout.follow(scanned.paths);
    return scanned;
  }

  async #plan(choice: ClientsChoice): Promise<FullPlan> {
    const { parse, relay, surroundings, config, secrets, sha256 } = this.#parts;
    return planProtection(await this.#placed(choice.entries), choice, {
      parse,
      relay,
      home: surroundings.home,
      masker: this.#parts.masker(),
      servers: config.entries(),
      hasSecret: (name) => secrets.has(name),
      sameSecrets: (value) => secrets.sameAs(value),
      digest: (text) => `sha256:${sha256(text)}`,
      valueDigest: (value) => this.#mac(value),
    });
  }

  /** The plan again. What was shown is what is done, or nothing is. */
  async #planned(choice: ClientsChoice, digest: string): Promise<FullPlan> {
    const plan = await this.#plan(choice);
    const open = plan.shown.asked.find(({ value }) => value === null);
    if (open) throw new Refused('INPUT_INVALID', `${open.server} needs an answer: ${open.description ?? open.input}`);
    if (plan.shown.digest !== digest) throw new Refused('ASK_CHANGED', 'a file or a server is another by now');
    return plan;
  }

  async #placed(ids: readonly string[]): Promise<Placed[]> {
    const placed = await this.#survey.find(ids);
    for (const { file, entry } of placed) {
      const { state, reason } = this.#survey.standing(entry, file);
      if (state !== 'unprotected')
        throw new Refused('INPUT_INVALID', `${entry.name} of ${file.place.path}: ${reason ?? `it is ${state}`}`);
    }
    return placed;
  }

  async #rewritten(ids: readonly string[]): Promise<Rewritten[]> {
    const placed = await this.#survey.find(ids);
    return placed.map(({ file, entry }) => {
      const kept = this.#shelf.entry(entry.id);
      if (!kept) throw new Refused('NOT_FOUND', 'nothing of ours stands there');
      if (goesThrough(entry, this.#parts.relay, kept) !== kept.server)
        throw new Refused('CLIENT_FILE_CHANGED', `${kept.name} of ${kept.file} was changed by hand`);
      return { id: entry.id, file, path: entry.path, kept };
    });
  }

  async #undoPlan(ids: readonly string[]): Promise<FullUndo> {
    const { parse, secrets, sha256 } = this.#parts;
    const entries = await this.#rewritten(ids);
    const values = await secrets.kept(entries.flatMap(({ kept }) => secretsOfEntry(kept)));
    const digest = (text: string) => `sha256:${sha256(text)}`;
    return { entries, values, plan: await planUndo(entries, values, { parse, masker: this.#parts.masker(), digest }) };
  }

  async #plannedUndo(ids: readonly string[], digest: string): Promise<FullUndo> {
    const undo = await this.#undoPlan(ids);
    if (undo.plan.digest !== digest) throw new Refused('ASK_CHANGED', 'the files are others by now');
    return undo;
  }

  async #addServers({ servers }: FullPlan, by: Actor): Promise<void> {
    for (const { name, command, args, env, cwd, present } of servers) {
      if (!present) await this.#parts.config.add(name, { command, args, env, ...(cwd === null ? {} : { cwd }) }, by);
    }
  }

  /** Keyed, since what it covers may be a secret. */
  readonly #mac = (text: string): string => {
    const mac = this.#parts.keys.mac('client-file', new TextEncoder().encode(text));
    return `hmac-sha256:${Buffer.from(mac).toString('hex')}`;
  };
}
