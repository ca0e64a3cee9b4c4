/** What protecting entries would do, worked out in full before anything is done. */
import type { ClientsChoice, MovedSecret, PlannedServer, ProtectPlan } from '../../contract/client.ts';
import { Refused } from '../../contract/refusal.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { excerpt } from '../../core/clients/excerpt.ts';
import { type FilledLaunch, fillIn } from '../../core/clients/fill.ts';
import type { PlainMap } from '../../core/clients/format.ts';
import { freeName, secretName, serverName } from '../../core/clients/names.ts';
import { type RelayCommand, relayLaunch } from '../../core/clients/relay.ts';
import { exposedIn, secretParts } from '../../core/clients/secretValue.ts';
import { fieldsFor } from '../../core/clients/shapes.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { aroundOf } from './around.ts';
import type { ParseConfig } from './ports.ts';
import { type KeptField, restore, rewrite } from './rewrite.ts';
import type { ScannedEntry, ScannedFile } from './scan.ts';
import { maskLaunch } from './standing.ts';

/** An entry and the file it is in. */
export interface Placed {
  readonly file: ScannedFile;
  readonly entry: ScannedEntry;
}

/** A file as it would be, with what each entry in it was. */
export interface PlannedFile {
  readonly file: ScannedFile;
  readonly text: string;
  readonly entries: readonly { readonly entry: ScannedEntry; readonly server: string; readonly kept: KeptField[] }[];
}

export interface FullPlan {
  /** Secrets are named, or masked where they stand in arguments and answers. */
  readonly shown: ProtectPlan;
  /** As they are added. */
  readonly servers: readonly PlannedServer[];
  readonly files: readonly PlannedFile[];
  /** Values by the name of the secret they become. */
  readonly values: ReadonlyMap<string, string>;
}

export interface PlanParts {
  readonly parse: ParseConfig;
  readonly relay: RelayCommand;
  readonly home: string;
  readonly masker: Masker;
  /** The servers there are. */
  readonly servers: ReadonlyMap<string, ServerEntry>;
  readonly hasSecret: (name: string) => boolean;
  /** Names of the secrets that are this value already. */
  readonly sameSecrets: (value: string) => readonly string[];
  /** `sha256:…` of a text. */
  readonly digest: (text: string) => string;
  /** Keyed, so that a digest that is shown tells nothing of a value. */
  readonly valueDigest: (value: string) => string;
}

/** Throws `Refused` with INPUT_INVALID or CONFIG_INVALID for an entry that cannot be protected. */
export async function planProtection(
  chosen: readonly Placed[],
  { plain, answers }: Pick<ClientsChoice, 'plain' | 'answers'>,
  parts: PlanParts,
): Promise<FullPlan> {
  const isPlain = (entry: string, variable: string) =>
    plain.some((one) => one.entry === entry && one.variable === variable);
  const names = new SecretNames(parts);
  const servers = new Map<string, PlannedServer>();
  const secrets: MovedSecret[] = [];
  const missing: ProtectPlan['missing'] = [];
  const asked: ProtectPlan['asked'] = [];
  const taken: ProtectPlan['files'] = [];
  const exposed: ProtectPlan['exposed'] = [];
  const serverFor = new Map<string, string>();

  for (const { file, entry } of chosen) {
    const said = answers.filter((one) => one.entry === entry.id).map(({ input, value }) => [input, value] as const);
    const launch = filled(entry, file, parts.home, new Map(said));
    const moved: Omit<MovedSecret, 'server'>[] = [];
    const env = Object.entries(launch.env).map(([variable, value]) => {
      const found = isPlain(entry.id, variable) ? [] : secretParts(variable, value, parts.masker);
      const written = found.reduceRight((text, { start, length, why }) => {
        const name = names.nameFor(variable, value.slice(start, start + length));
        moved.push({ name, variable, entries: [entry.id], why, length });
        return `${text.slice(0, start)}\${keychain:${name}}${text.slice(start + length)}`;
      }, value);
      return [variable, written] as const;
    });
    const wanted = { command: launch.command, args: [...launch.args], env: Object.fromEntries(env), cwd: launch.cwd };
    const name = chooseServer(entry.name, wanted, servers, parts.servers);
    serverFor.set(entry.id, name);
    servers.set(name, { name, ...wanted, present: parts.servers.has(name) });
    for (const one of launch.missing) missing.push({ server: name, ...one });
    for (const { id: input, description, options, value } of launch.asked) {
      const shown = { options: options && [...options], value: value && parts.masker.mask(value) };
      asked.push({ entry: entry.id, server: name, input, description, ...shown });
    }
    const { variables } = entry;
    if (variables !== null && 'variables' in variables)
      taken.push({ server: name, path: variables.path, variables: Object.keys(variables.variables).sort() });
    for (const one of exposedIn(launch.args, parts.masker)) exposed.push({ server: name, ...one });
    for (const one of moved) {
      const same = secrets.find((each) => each.name === one.name && each.server === name);
      if (same) same.entries.push(entry.id);
      else secrets.push({ ...one, server: name });
    }
  }

  const { files, changes } = await rewriteFiles(chosen, serverFor, names.values, parts);
  // One that moves from another client’s entry, or is kept already, is not missing.
  const open = missing.filter(({ name }) => !names.values.has(name) && !parts.hasSecret(name));
  const shown = {
    changes,
    servers: [...servers.values()].map((server) => ({ ...server, ...maskLaunch(server, parts.masker) })),
    ...{ secrets, missing: unique(open), asked, files: taken, exposed },
  };
  const bound = {
    shown: canonicalJson(shown),
    servers: parts.valueDigest(canonicalJson([...servers.values()])),
    files: files.map(({ file, text }) => [file.place.path, file.hash, parts.valueDigest(text)]),
    values: [...names.values].map(([name, value]) => [name, parts.valueDigest(value)]),
  };
  const digest = parts.digest(canonicalJson(bound));
  return { shown: { digest, ...shown }, servers: [...servers.values()], files, values: names.values };
}

function filled(
  entry: ScannedEntry,
  file: ScannedFile,
  home: string,
  answers: ReadonlyMap<string, string>,
): FilledLaunch {
  if (entry.launch.kind !== 'local') throw new Refused('INPUT_INVALID', `${entry.name} starts no program here`);
  const result = fillIn(entry.launch, aroundOf(entry, file, home, answers));
  if (!result.ok) throw new Refused('INPUT_INVALID', `${entry.name}: ${result.why}`);
  return result.launch;
}

type Wanted = Omit<PlannedServer, 'name' | 'present'>;

/** One server for all clients that launch the very same; otherwise a name that is free. */
function chooseServer(
  entry: string,
  wanted: Wanted,
  planned: ReadonlyMap<string, PlannedServer>,
  present: ReadonlyMap<string, ServerEntry>,
): string {
  const text = canonicalJson(wanted);
  const plannedSame = [...planned].find(([name, { command, args, env, cwd }]) => {
    return canonicalJson({ command, args, env, cwd }) === text && similar(name, entry);
  });
  if (plannedSame) return plannedSame[0];
  const presentSame = [...present].find(([name, one]) => {
    const { command, args, env, cwd } = one;
    return canonicalJson({ command, args, env, cwd: cwd ?? null }) === text && similar(name, entry);
  });
  return presentSame?.[0] ?? freeName(serverName(entry), (name) => planned.has(name) || present.has(name));
}

/** Two entries of other names are two servers, even when they launch the same. */
function similar(name: string, entry: string): boolean {
  return name.replace(/-\d+$/, '') === serverName(entry).replace(/-\d+$/, '');
}

/** Each entry is rewritten on the text the one before it left, and tried back: what does not come back exactly is refused. */
async function rewriteFiles(
  chosen: readonly Placed[],
  serverFor: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
  { parse, relay, masker }: PlanParts,
): Promise<{ files: PlannedFile[]; changes: ProtectPlan['changes'] }> {
  const changes: ProtectPlan['changes'] = [];
  const files: PlannedFile[] = [];
  for (const file of new Set(chosen.map((one) => one.file))) {
    const { path, client, format } = file.place;
    let { text } = file;
    const entries: PlannedFile['entries'][number][] = [];
    for (const { entry } of chosen.filter((one) => one.file === file)) {
      const server = serverFor.get(entry.id) ?? '';
      const fields = fieldsFor(client, entry.value as PlainMap, relayLaunch(relay, server));
      const next = await rewrite(parse, format, text, entry.path, fields);
      if ((await restore(parse, format, next.text, entry.path, next.kept)) !== text)
        throw new Refused('CONFIG_INVALID', `${path}: ${entry.name} could not be put back exactly as it is`);
      changes.push({ client, file: path, entry: entry.name, ...excerpt(text, next.text, masker, values) });
      entries.push({ entry, server, kept: next.kept });
      text = next.text;
    }
    files.push({ file, text, entries });
  }
  return { files, changes };
}

/** Names of the secrets of one plan: the same value is one secret, two values are never one name. */
class SecretNames {
  readonly values = new Map<string, string>();
  readonly #parts: Pick<PlanParts, 'hasSecret' | 'sameSecrets'>;

  constructor(parts: Pick<PlanParts, 'hasSecret' | 'sameSecrets'>) {
    this.#parts = parts;
  }

  nameFor(variable: string, value: string): string {
    const base = secretName(variable);
    for (const [name, known] of this.values) if (known === value && name.startsWith(base)) return name;
    // An entry that was put back has left its secret here: it is the same one, and its server the same server.
    const kept = this.#parts.sameSecrets(value).find((one) => one.startsWith(base) && !this.values.has(one));
    const name = kept ?? freeName(base, (one) => this.values.has(one) || this.#parts.hasSecret(one));
    this.values.set(name, value);
    return name;
  }
}

function unique(missing: ProtectPlan['missing']): ProtectPlan['missing'] {
  return [...new Map(missing.map((one) => [`${one.server} ${one.variable} ${one.name}`, one])).values()];
}
