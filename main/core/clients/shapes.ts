/** How each client writes a server down. */
import type { ClientId } from '../../contract/client.ts';
import { isMap, type Path, type PlainMap, valueAt } from './format.ts';

/** A server found in a document. */
export interface FoundEntry {
  /** The map or list it is in. */
  readonly container: Path;
  readonly name: string;
  /** The container and the key or index in it. */
  readonly path: Path;
  readonly value: unknown;
  /** The project's folder, where the client keeps entries of projects in its own file. */
  readonly project: string | null;
}

/** What an entry launches, in the client's words: nothing of it is filled in yet. */
export type EntryLaunch =
  | {
      readonly kind: 'local';
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly cwd: string | null;
      /** A file from which the client takes more variables. */
      readonly envFile: string | null;
      /** Variables the client takes from elsewhere, by name. */
      readonly passed: readonly string[];
      /** An address beside the program: some clients go there instead. */
      readonly url?: string;
    }
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'other'; readonly why: string };

/** A value to be put at a path inside of an entry. */
export interface FieldValue {
  readonly path: readonly string[];
  readonly value: string | readonly string[] | Readonly<Record<string, string>>;
}

interface Fields {
  readonly command: string;
  readonly args: string;
  readonly env: string;
}

const USUAL: Fields = { command: 'command', args: 'args', env: 'env' };
const FIELDS: Partial<Record<ClientId, Fields>> = {
  goose: { command: 'cmd', args: 'args', env: 'envs' },
  opencode: { command: 'command', args: '', env: 'environment' },
};
const CONTAINERS: Partial<Record<ClientId, string>> = {
  vscode: 'servers',
  zed: 'context_servers',
  codex: 'mcp_servers',
  goose: 'extensions',
  opencode: 'mcp',
};
const ADDRESSES = ['url', 'serverUrl', 'httpUrl', 'uri'];
/** Where nothing ever answers (RFC 6761, 6.4): the address of an entry in quarantine. */
export const NOWHERE = 'https://quarantine.countersign.invalid/';

/** Every server in a parsed document. */
export function entriesOf(client: ClientId, document: unknown): FoundEntry[] {
  const found = inContainer(document, [CONTAINERS[client] ?? 'mcpServers'], null);
  if (client !== 'claude-code') return found;
  const projects = valueAt(document, ['projects']);
  const own = isMap(projects) ? Object.keys(projects) : [];
  return [...found, ...own.flatMap((folder) => inContainer(document, ['projects', folder, 'mcpServers'], folder))];
}

function inContainer(document: unknown, container: Path, project: string | null): FoundEntry[] {
  const value = valueAt(document, container);
  if (Array.isArray(value)) {
    return value.map((entry, index) => {
      const name = isMap(entry) && typeof entry.name === 'string' ? entry.name : `number ${index + 1}`;
      return { container, name, path: [...container, index], value: entry, project };
    });
  }
  if (!isMap(value)) return [];
  return Object.entries(value).map(([name, entry]) => ({
    container,
    name,
    path: [...container, name],
    value: entry,
    project,
  }));
}

/** What an entry says it launches. */
export function launchOf(client: ClientId, value: unknown): EntryLaunch {
  if (!isMap(value)) return { kind: 'other', why: 'It is not a server as this client writes one.' };
  const addresses = ADDRESSES.map((key) => value[key]).filter((one) => typeof one === 'string');
  const url = addresses.find((one) => one !== NOWHERE);
  const fields = FIELDS[client] ?? USUAL;
  // Zed's older shape has all three inside of `command`.
  const inside = isMap(value.command) ? value.command : null;
  const [command, ...rest] = words(inside ? inside.path : value[fields.command]) ?? [];
  if (command === undefined) {
    if (addresses[0] !== undefined) return { kind: 'remote', url: url ?? addresses[0] };
    return { kind: 'other', why: 'The client brings this one itself: its configuration names no program.' };
  }
  const from = inside ?? value;
  const args = fields.args === '' ? rest : words(from[fields.args] ?? []);
  const env = texts(from[fields.env] ?? {});
  if (args === null || env === null || (fields.args !== '' && rest.length > 0))
    return { kind: 'other', why: 'Its program, arguments or variables are not texts.' };
  return {
    kind: 'local',
    command,
    args,
    env,
    cwd: typeof value.cwd === 'string' ? value.cwd : null,
    envFile: typeof value.envFile === 'string' && value.envFile !== '' ? value.envFile : null,
    passed: [...(words(value.env_vars ?? []) ?? []), ...(words(value.env_keys ?? []) ?? [])].filter(
      (name) => !Object.hasOwn(env, name),
    ),
    ...(url === undefined ? {} : { url }),
  };
}

/**
 * The fields that make an entry launch this instead, and go nowhere else; one that starts no program just goes nowhere.
 * Fields that are absent and have nothing to say are left so.
 */
export function fieldsFor(
  client: ClientId,
  value: PlainMap,
  launch: { command: string; args: readonly string[]; env: Readonly<Record<string, string>> },
): FieldValue[] {
  const elsewhere: FieldValue[] = [
    ...ADDRESSES.filter((key) => typeof value[key] === 'string').map((key) => ({ path: [key], value: NOWHERE })),
    ...(typeof value.envFile === 'string' ? [{ path: ['envFile'], value: '' }] : []),
  ];
  if (launchOf(client, value).kind === 'remote') return elsewhere;
  const { command, args, env } = FIELDS[client] ?? USUAL;
  const inside = isMap(value.command);
  const base = inside ? ['command'] : [];
  const from: PlainMap = inside ? (value.command as PlainMap) : value;
  const variables: FieldValue[] =
    Object.hasOwn(from, env) || Object.keys(launch.env).length > 0 ? [{ path: [...base, env], value: launch.env }] : [];
  if (args === '') return [{ path: [command], value: [launch.command, ...launch.args] }, ...variables, ...elsewhere];
  return [
    { path: inside ? ['command', 'path'] : [command], value: launch.command },
    { path: [...base, args], value: launch.args },
    ...variables,
    ...elsewhere,
  ];
}

/** Whether the client itself has it switched off. */
export function isOff(value: unknown): boolean {
  return isMap(value) && (value.disabled === true || value.enabled === false);
}

/** Whether the client runs some of its tools without asking. */
export function isUnasked(value: unknown): boolean {
  if (!isMap(value)) return false;
  const lists = [value.alwaysAllow, value.autoApprove, value.always_allow, value.alwaysLoadedTools];
  return (
    value.trust === true ||
    value.autoApprove === true ||
    // VS Code asks about no tool of a server that it confines itself.
    value.sandboxEnabled === true ||
    value.default_tools_approval_mode === 'auto' ||
    lists.some((list) => Array.isArray(list) && list.length > 0)
  );
}

/** Project folders that the client's own file lists, with whether the person has trusted each there. */
export function projectsOf(client: ClientId, document: unknown): { folder: string; trusted: boolean }[] {
  const projects = valueAt(document, ['projects']);
  if ((client !== 'claude-code' && client !== 'codex') || !isMap(projects)) return [];
  return Object.entries(projects).map(([folder, facts]) => ({
    folder,
    trusted: isMap(facts) && (facts.hasTrustDialogAccepted === true || facts.trust_level === 'trusted'),
  }));
}

function words(value: unknown): string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  const all = value.map(text);
  return all.includes(null) ? null : (all as string[]);
}

function texts(value: unknown): Record<string, string> | null {
  if (!isMap(value)) return null;
  const all = Object.entries(value).map(([key, one]) => [key, text(one)] as const);
  return all.some(([, one]) => one === null) ? null : (Object.fromEntries(all) as Record<string, string>);
}

const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
