/** A launch as it would run now, with what it takes to run it. */
import type { Launch, LaunchFile, LaunchVariable } from '../../contract/launch.ts';
import type { PinnedPackage } from '../../contract/package.ts';
import { Refused } from '../../contract/refusal.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { readLine } from '../../core/launch/analyse.ts';
import { inheritedEnvironment, inheritedNames } from '../../core/launch/inherited.ts';
import type { Start } from '../../core/launch/reading.ts';
import { mentionsSecret, parseReferences, secretsOf, type ValuePart } from '../../core/launch/references.ts';
import { isCode, pathCandidates } from '../../core/launch/scripts.ts';
import { parseShebang } from '../../core/launch/shebang.ts';
import type { Word } from '../../core/launch/word.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { ProgramFiles } from './ports.ts';
import { launchFile, programChain } from './programChain.ts';
import { startedFiles } from './startedFiles.ts';

export interface ResolveParts {
  readonly files: ProgramFiles;
  /** Countersign's own environment, of which a fixed part is inherited. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `process.platform`. */
  readonly platform: string;
  /** How the tree is held: `Processes.isolation`. */
  readonly isolation: string;
  readonly sandbox: Sandbox;
  /** Null where there is no keystore: literal values then have no digests. */
  readonly keys: Pick<DeviceKeys, 'mac'> | null;
}

export interface ResolvedLaunch {
  readonly launch: Launch;
  /** Absolute, what is started. */
  readonly program: string;
  /** Without the configured variables. */
  readonly inherited: Readonly<Record<string, string>>;
  readonly configured: ReadonlyMap<string, readonly ValuePart[]>;
  /** Names of the secrets its environment refers to, sorted. */
  readonly secrets: readonly string[];
  /** What the line starts by way of other programs and no file was found of. */
  readonly unbound: readonly Start[];
}

/** A package in place of the launcher that the entry names, and the Node that runs it. */
export interface InPlace {
  readonly pinned: PinnedPackage;
  /** Absolute. */
  readonly node: string;
  /** What its program gets. */
  readonly args: readonly string[];
}

/** Resolves an entry against the file system as it is now. Throws `Refused` with LAUNCH_UNRESOLVED or CONFIG_INVALID. */
export async function resolveLaunch(
  server: string,
  entry: ServerEntry,
  parts: ResolveParts,
  inPlace: InPlace | null,
): Promise<ResolvedLaunch> {
  if ([entry.command, ...entry.args].some(mentionsSecret)) {
    throw new Refused(
      'CONFIG_INVALID',
      `${server}: a secret may stand in "env" only, where other programs cannot read it`,
    );
  }
  const cwd = await workingFolder(server, entry, parts);
  const configured = configuredVariables(server, entry);
  const inherited = inheritedEnvironment(parts.environment, parts.platform);
  for (const variable of configured.keys()) delete inherited[variable];
  const path = entry.env.PATH ?? inherited.PATH ?? '';

  const program = await parts.files.resolve(inPlace?.node ?? entry.command, { cwd, path });
  const started = startedBy(entry, inPlace !== null);
  const further = await startedFiles(started, { cwd, path, home: entry.env.HOME ?? inherited.HOME }, parts.files);
  const named = [
    ...(await programChain(inPlace ? 'node' : entry.command, program, { cwd, path }, parts.files)),
    // What stands before a package's name is the launcher's and does not take part; the rest is no script of Node's.
    ...(await scripts(inPlace ? '' : program.path, inPlace?.args ?? entry.args, cwd, parts.files)),
  ];
  const files = [...named, ...further.files.filter((file) => !named.some((one) => sameFile(one, file)))];
  const secrets = [...new Set([...configured.values()].flatMap(secretsOf))].toSorted();
  const variables = launchVariables(entry, configured, parts);
  const { command, args } = entry;
  const reach = await parts.sandbox.reach(entry, cwd, files);
  const launch: Launch = {
    command,
    args,
    cwd,
    variables,
    files,
    sandbox: parts.isolation,
    reach,
    ...(inPlace ? { package: inPlace.pinned } : {}),
  };
  return { launch, program: program.found, inherited, configured, secrets, unbound: further.unbound };
}

/** Never the folder Countersign happens to run in: a server that names none runs in an empty one of its own. */
async function workingFolder(server: string, entry: ServerEntry, { files, platform }: ResolveParts): Promise<string> {
  if (entry.cwd === undefined) return files.ownFolder(server);
  if (!isAbsolutePath(entry.cwd, platform)) {
    throw new Refused('LAUNCH_UNRESOLVED', `the working directory "${entry.cwd}" of ${server} is not an absolute path`);
  }
  const folder = await files.folder(entry.cwd);
  if (folder === null) throw new Refused('LAUNCH_UNRESOLVED', `the working directory ${entry.cwd} is not there`);
  return folder;
}

function isAbsolutePath(path: string, platform: string): boolean {
  return platform === 'win32' ? /^([a-z]:[\\/]|\\\\)/i.test(path) : path.startsWith('/');
}

function configuredVariables(server: string, entry: ServerEntry): Map<string, readonly ValuePart[]> {
  const configured = new Map<string, readonly ValuePart[]>();
  for (const [variable, value] of Object.entries(entry.env)) {
    if (!/^[^=\0]+$/.test(variable) || value.includes('\0')) {
      throw new Refused('CONFIG_INVALID', `${server}: the variable ${JSON.stringify(variable)} cannot be set`);
    }
    const parsed = parseReferences(value);
    if (!parsed.ok) throw new Refused('CONFIG_INVALID', `${server}: ${variable}: ${parsed.detail}`);
    configured.set(variable, parsed.parts);
  }
  return configured;
}

function launchVariables(
  entry: ServerEntry,
  configured: ReadonlyMap<string, readonly ValuePart[]>,
  { platform, keys }: ResolveParts,
): LaunchVariable[] {
  const own = [...configured].map(([name, parts]): LaunchVariable => {
    const value = entry.env[name] ?? '';
    const [only, ...more] = parts;
    if (!parts.some((part) => 'secret' in part)) {
      return { name, source: 'literal', shown: value, valueDigest: keys && valueDigest(keys, value) };
    }
    const shown = only && 'secret' in only && more.length === 0 ? only.secret : value;
    return { name, source: 'keychain', shown, valueDigest: null };
  });
  const rest = inheritedNames(platform)
    .filter((name) => !configured.has(name))
    .map((name): LaunchVariable => ({ name, source: 'inherited', shown: null, valueDigest: null }));
  return [...own.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...rest];
}

/** Tells values apart, and tells nothing else of them. */
function valueDigest(keys: Pick<DeviceKeys, 'mac'>, value: string): string {
  return `hmac-sha256:${Buffer.from(keys.mac('launch-value', encodeUtf8(value))).toString('hex')}`;
}

/** What the line starts by way of other programs; of a package that runs in its launcher's place what it is told to start. */
function startedBy(entry: ServerEntry, inPlace: boolean): readonly Start[] {
  const { started, packageWord } = readLine(entry);
  if (!inPlace || packageWord === null) return started;
  return started.filter(({ word }) => argumentIndex(word) > argumentIndex(packageWord));
}

function argumentIndex({ where }: Word): number {
  return where === 'command' ? -1 : Number(/\d+/.exec(where)?.[0]);
}

function sameFile(one: LaunchFile, other: LaunchFile): boolean {
  return one.role === other.role && one.path === other.path && one.found === other.found;
}

async function scripts(
  program: string,
  args: readonly string[],
  cwd: string,
  files: ProgramFiles,
): Promise<LaunchFile[]> {
  const found: LaunchFile[] = [];
  for (const candidate of pathCandidates(args)) {
    const file = await files.file(candidate.path, cwd);
    if (!file) continue;
    const facts = { executable: file.executable, shebang: parseShebang(file.head) !== null };
    if (!isCode(program, args, candidate, facts)) continue;
    found.push(await launchFile('script', candidate.path, file, files));
  }
  return found;
}
