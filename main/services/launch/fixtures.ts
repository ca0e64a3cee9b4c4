/** The desk's neighbours, kept in memory, for its tests. */
import { createHash, createHmac } from 'node:crypto';
import type { Payload, RecordDraft, RecordView } from '../../contract/record.ts';
import { Refused } from '../../contract/refusal.ts';
import { serversFile } from '../../contract/server.ts';
import type { AuditReader, AuditWriter, SealedKind, SealedRow, SealedRows } from '../audit/ports.ts';
import { Packages } from '../packages/packages.ts';
import type { Installation, LookedUp, PackageFolders, PackageRegistry, Remembered } from '../packages/ports.ts';
import type { DeviceKeys, Secrets } from '../vault/ports.ts';
import type { FoundFile, ProgramFiles, ServersText, WatchedText } from './ports.ts';

/** A ledger in a list, with its sealed rows; `failing` makes it refuse to write. */
export class MemoryLedger implements AuditWriter, SealedRows {
  readonly records: RecordDraft[] = [];
  /** What the records are about, as JSON; null where one has no payload. */
  readonly subjects: unknown[] = [];
  readonly rows = new Map<string, SealedRow<unknown>>();
  failing = false;

  append(draft: RecordDraft, payload?: Payload) {
    if (this.failing) throw new Refused('AUDIT_UNAVAILABLE');
    this.records.push(draft);
    this.subjects.push(payload ? JSON.parse(new TextDecoder().decode(payload.bytes)) : null);
    return { id: `record-${this.records.length}`, seq: this.records.length - 1 };
  }
  async synced() {}
  get<T>(kind: SealedKind, key: string) {
    return this.rows.get(`${kind} ${key}`) as SealedRow<T> | undefined;
  }
  list<T>(kind: SealedKind) {
    return [...this.rows].flatMap(([key, row]) => (key.startsWith(`${kind} `) ? [row as SealedRow<T>] : []));
  }
  put<T>(kind: SealedKind, key: string, body: T, draft: RecordDraft, payload?: Payload) {
    const row = { key, body, record: this.append(draft, payload).id };
    this.rows.set(`${kind} ${key}`, row);
    return row;
  }
  remove(kind: SealedKind, key: string, draft: RecordDraft) {
    this.append(draft);
    this.rows.delete(`${kind} ${key}`);
  }
  voids() {
    return [];
  }
  readonly search: AuditReader['search'] = async ({ type }) => {
    const records = this.records.filter((draft) => draft.type === type).toReversed() as RecordView[];
    return { records, next: null, total: records.length, atLeast: false };
  };
  events(type: RecordDraft['type']): string[] {
    return this.records.filter((draft) => draft.type === type).map(({ event, server }) => `${event} ${server}`);
  }
}

/** A file a test writes into as a person would, with `edit`. */
export class MemoryText implements WatchedText {
  text: string | null;
  readonly #listeners = new Set<() => void>();
  constructor(text: string | null) {
    this.text = text;
  }
  read = async () => this.text;
  write = async (text: string) => {
    this.text = text;
  };
  onChange(listener: () => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  edit(text: string | null) {
    this.text = text;
    for (const listener of this.#listeners) listener();
  }
}

/** Files by path: a text is a regular file, `→ path` a link, null a folder. */
export class MemoryFiles implements ProgramFiles {
  readonly tree: Record<string, string | null>;
  constructor(tree: Record<string, string | null>) {
    this.tree = tree;
  }
  async resolve(command: string, { cwd, path }: { cwd: string; path: string }) {
    const candidates = command.includes('/')
      ? [join(cwd, command)]
      : path.split(':').map((entry) => join(entry, command));
    const found = candidates.find((candidate) => this.tree[candidate] !== undefined);
    if (!found) throw new Refused('LAUNCH_UNRESOLVED', `"${command}" is not in ${path}`);
    return { found, path: this.#real(found) };
  }
  async file(path: string, cwd: string): Promise<FoundFile | null> {
    const found = join(cwd, path);
    const text = this.tree[this.#real(found)];
    if (text === undefined || text === null) return null;
    return { found, path: this.#real(found), executable: text.startsWith('#!'), head: new TextEncoder().encode(text) };
  }
  async main(folder: string, cwd: string) {
    const text = this.tree[`${join(cwd, folder)}/package.json`];
    return text ? (JSON.parse(text).main ?? null) : null;
  }
  async hash(path: string) {
    const text = this.tree[path] ?? '';
    return { sha256: `sha256:${sha256(text)}`, size: text.length };
  }
  async folder(path: string) {
    return this.tree[path] === null ? path : null;
  }
  async ownFolder(server: string) {
    return `/work/${server}`;
  }
  #real(path: string): string {
    const text = this.tree[path];
    return text?.startsWith('→ ') ? this.#real(text.slice(2)) : path;
  }
}

function join(folder: string, path: string): string {
  return path.startsWith('/') ? path : new URL(path, `file://${folder}/`).pathname;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export const memoryKeys: DeviceKeys = {
  publicKey: new Uint8Array(),
  sign: () => new Uint8Array(64),
  mac: (purpose, message) => createHmac('sha256', purpose).update(message).digest(),
};

/** Secrets by name; `asked` collects which server asked for which. */
export class MemorySecrets implements Secrets {
  readonly stored: Map<string, string>;
  readonly asked: string[] = [];
  constructor(stored: Record<string, string>) {
    this.stored = new Map(Object.entries(stored));
  }
  list = async () => [];
  has = (name: string) => this.stored.has(name);
  set = async (name: string, value: string) => void this.stored.set(name, value);
  remove = async (name: string) => void this.stored.delete(name);
  sameAs = () => [];
  setHelper = async () => {};
  bind = async () => {};
  holders = () => new Set<string>();
  values = () => [...this.stored.values()];
  kept = async () => new Map(this.stored);
  async resolve(server: string, names: readonly string[]) {
    this.asked.push(...names.map((name) => `${server} ${name}`));
    for (const name of names) if (!this.stored.has(name)) throw new Refused('SECRET_MISSING', name);
    return new Map(names.map((name) => [name, this.stored.get(name) as string]));
  }
}

/** Plain JSON, where the product reads JSON with comments. */
export const plainSyntax: ServersText = {
  read(text) {
    const file = text === null ? {} : JSON.parse(text);
    const parsed = serversFile.safeParse(file);
    if (parsed.success) return { ok: true, entries: new Map(Object.entries(parsed.data.mcpServers)) };
    const off = Object.keys(file.mcpServers).filter((server) => file.mcpServers[server].disabled === true);
    return { ok: false, problem: `servers.json: ${parsed.error.issues[0]?.message}`, switchedOff: off };
  },
  withEntry: (text, server, entry) => edited(text, (servers) => Object.assign(servers, { [server]: entry })),
  withEntryKey: (text, server, key, value) =>
    edited(text, (servers) => Object.assign(servers[server] ?? {}, { [key]: value })),
};

function edited(text: string | null, edit: (servers: Record<string, object>) => void): string {
  const file = JSON.parse(text ?? '{}');
  file.mcpServers ??= {};
  edit(file.mcpServers);
  return JSON.stringify(file);
}

/** A registry with one package, whose newest version a test can replace. */
export class MemoryRegistry implements PackageRegistry {
  readonly installed: Installation[] = [];
  readonly stores = new Map<string, Map<string, string>>();
  answer: (program: string | null) => LookedUp = () => {
    throw new Refused('PACKAGE_UNAVAILABLE', 'nothing was put here');
  };

  look: PackageRegistry['look'] = async (_wanted, { program, tell }) => {
    tell({ kind: 'progress', step: 'package', answers: 1 });
    return this.answer(program);
  };
  install: PackageRegistry['install'] = async (installation) => {
    this.installed.push(installation);
    this.stores.set(installation.folder, new Map([['index.js', installation.lock]]));
  };
}

/** Packages over that registry, with folders in memory; `answers` is what they remember. */
export function memoryPackages(registry: MemoryRegistry, answers = new Map<string, Remembered>()): Packages {
  const lists = new Map<string, ReadonlyMap<string, string>>();
  const locks = new Map<string, string>();
  const folder = (key: string) => `/store/${key}`;
  const folders: PackageFolders = {
    folder,
    async contents(key) {
      const files = registry.stores.get(folder(key));
      return files ? { digest: `sha256:${sha256(JSON.stringify([...files]))}`, files } : null;
    },
    keepList: async (key, files) => void lists.set(key, new Map(files)),
    list: async (key) => lists.get(key) ?? null,
    lock: async (digest) => locks.get(digest) ?? null,
    keepLock: async (digest, text) => void locks.set(digest, text),
    seal: async () => {},
    remove: async (key) => void registry.stores.delete(folder(key)),
    keys: async () => [...registry.stores.keys()].map((path) => path.slice('/store/'.length)),
    locks: async () => [...locks.keys()],
    removeLock: async (digest) => void locks.delete(digest),
    recall: async (key) => answers.get(key) ?? null,
    remember: async (key, answer) => void answers.set(key, answer),
  };
  const clock = { now: () => '2026-11-21T03:17:00.000123Z', monotonic: () => 0 };
  return new Packages({ registry, folders, clock, sha256, keys: memoryKeys });
}
