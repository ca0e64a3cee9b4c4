/** Package truth and pinned installations: look up, pin, install, check, forget (PRODUCT.md I2, I5). */
import type { LaunchPackage, PackageNews, PackageTruth, PinnedPackage } from '../../contract/package.ts';
import { Refused } from '../../contract/refusal.ts';
import { pinOf } from '../../core/launch/pinned.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { Clock } from '../clock.ts';
import { inTurn } from '../inTurn.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { LookedUp, PackageFolders, PackageRegistry } from './ports.ts';

export interface PackagesParts {
  readonly registry: PackageRegistry;
  readonly folders: PackageFolders;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  readonly keys: Pick<DeviceKeys, 'mac'>;
}

/** A package that was looked up for a server, and may be agreed to. */
export interface Candidate {
  readonly pinned: PinnedPackage;
  readonly truth: PackageTruth;
}

/** An answer this old is asked for again, in milliseconds; offline it still counts, with its age in sight. */
const FRESH_MS = 15 * 60 * 1000;
/** For showing, a look at a stored package counts this long, in milliseconds; every start looks anew. */
const LOOKED_MS = 5000;

/** A file of a stored package that is not as it was installed. */
interface Change {
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
}

export class Packages {
  readonly #parts: PackagesParts;
  /** Keys started since the daemon's start: their code may still be read from disk. */
  readonly #started = new Set<string>();

  /** Two servers may be of one package. */
  readonly #inTurn = inTurn();
  readonly #looked = new Map<string, { readonly installed: string; readonly at: number; readonly found: Change[] }>();

  constructor(parts: PackagesParts) {
    this.#parts = parts;
  }

  /**
   * What the registry says, newest answer first: a fresh one from memory, else a new one. Where no answer comes, an
   * older one with its own time. `tell` hears of progress.
   */
  async look(
    wanted: LaunchPackage,
    program: string | null,
    options: { readonly fresh: boolean; readonly tell: (news: PackageNews) => void; readonly signal: AbortSignal },
  ): Promise<LookedUp> {
    const { registry, folders, clock } = this.#parts;
    const key = this.#parts.sha256(canonicalJson({ ...wanted, program }));
    const known = await this.#recall(key);
    if (known && !options.fresh && Date.parse(clock.now()) - Date.parse(known.truth.lookedAt) < FRESH_MS) return known;
    const looked = await registry.look(wanted, { program, tell: options.tell, signal: options.signal });
    if (looked.truth.version === null && known) return offline(known, looked.truth);
    if (looked.truth.version !== null) {
      const text = JSON.stringify(looked);
      await folders.remember(key, { looked: text, mac: this.#mac(key, text) });
    }
    return looked;
  }

  /** What this daemon's keys remember; null for anything else that lies in its place, of which nothing is read. */
  async #recall(key: string): Promise<LookedUp | null> {
    const { looked, mac } = (await this.#parts.folders.recall(key)) ?? {};
    return typeof looked === 'string' && mac === this.#mac(key, looked) ? JSON.parse(looked) : null;
  }

  #mac(key: string, looked: string): string {
    const bytes = this.#parts.keys.mac('package-answer', encodeUtf8(`${key} ${looked}`));
    return Buffer.from(bytes).toString('hex');
  }

  /** Pins a looked-up tree, with the scripts that are to run; null when it cannot be pinned. */
  async pin(
    wanted: PinnedPackage['wanted'],
    { truth, tree }: LookedUp,
    allowed: readonly string[],
  ): Promise<Candidate | null> {
    const { version, integrity, registry } = truth;
    if (tree === null || version === null || integrity === null || registry === null) return null;
    const lock = `sha256:${this.#parts.sha256(tree.lock)}`;
    await this.#parts.folders.keepLock(lock, tree.lock);
    const facts = { ...truth, version, integrity, registry };
    return { truth, pinned: pinOf(facts, { wanted, entry: tree.entry, lock }, allowed) };
  }

  /**
   * Installs what was agreed to, and gives the digest of what now lies there. What lies there already and is one of
   * `kept`, the digests that consents hold of it, stays: another server may run from it.
   */
  install(pinned: PinnedPackage, kept: () => readonly string[]): Promise<string> {
    return this.#inTurn(() => this.#install(pinned, kept));
  }

  async #install(pinned: PinnedPackage, kept: () => readonly string[]): Promise<string> {
    const { registry, folders } = this.#parts;
    const key = this.key(pinned);
    const there = await folders.contents(key);
    if (there !== null && kept().includes(there.digest)) return there.digest;
    await folders.remove(key);
    const lock = await folders.lock(pinned.lock);
    if (lock === null || `sha256:${this.#parts.sha256(lock)}` !== pinned.lock)
      throw new Refused('PACKAGE_MISMATCH', 'the lockfile that was reviewed is not here any more: look it up again');
    await registry.install({
      folder: folders.folder(key),
      name: pinned.name,
      version: pinned.version,
      entry: pinned.entry,
      registry: pinned.registry,
      lock,
      scripts: pinned.scripts,
      allowed: pinned.scripts.flatMap((one) => (one.allowed ? [one.package] : [])),
    });
    await folders.seal(key);
    const contents = await folders.contents(key);
    if (contents === null) throw new Refused('PACKAGE_UNAVAILABLE', 'nothing was installed');
    await folders.keepList(key, contents.files);
    return contents.digest;
  }

  /** What differs on disk from what was installed, by file; empty when nothing does. Without `now` a look of some seconds ago counts. */
  async changes(pinned: PinnedPackage, installed: string, now: boolean): Promise<Change[]> {
    const key = this.key(pinned);
    const looked = this.#looked.get(key);
    if (!now && looked?.installed === installed && this.#parts.clock.monotonic() - looked.at < LOOKED_MS)
      return looked.found;
    const found = await this.#changes(key, installed);
    this.#looked.set(key, { installed, at: this.#parts.clock.monotonic(), found });
    return found;
  }

  async #changes(key: string, installed: string): Promise<Change[]> {
    const { folders } = this.#parts;
    const now = await folders.contents(key);
    if (now?.digest === installed) return [];
    const before = await folders.list(key);
    const files = [...new Set([...(before?.keys() ?? []), ...(now?.files.keys() ?? [])])].toSorted();
    const found = files.flatMap((file) => {
      const [was, is] = [before?.get(file) ?? null, now?.files.get(file) ?? null];
      return was === is ? [] : [{ file, before: was, after: is }];
    });
    return now === null || found.length === 0
      ? [{ file: 'all of it', before: installed, after: now?.digest ?? null }]
      : found;
  }

  /** Absolute path of the file to start. The folder stays for as long as this daemon runs. */
  entry(pinned: PinnedPackage): { readonly folder: string; readonly file: string } {
    const key = this.key(pinned);
    this.#started.add(key);
    const folder = this.#parts.folders.folder(key);
    return { folder, file: `${folder}/node_modules/${pinned.name}/${pinned.entry}` };
  }

  /** Removes what no consent names any more. */
  async collect(agreed: readonly PinnedPackage[]): Promise<void> {
    const { folders } = this.#parts;
    const keys = new Set([...agreed.map((pinned) => this.key(pinned)), ...this.#started]);
    const locks = new Set(agreed.map(({ lock }) => lock));
    for (const key of await folders.keys()) if (!keys.has(key)) await folders.remove(key);
    for (const lock of await folders.locks()) if (!locks.has(lock)) await folders.removeLock(lock);
  }

  /** Names the folder of a package: its tree and which scripts ran. */
  key({ name, entry, lock, scripts }: PinnedPackage): string {
    return this.#parts.sha256(canonicalJson({ name, entry, lock, scripts })).slice(0, 32);
  }
}

/** An older answer in place of none, saying so. */
function offline(known: LookedUp, now: PackageTruth): LookedUp {
  const why = now.unchecked[0]?.why ?? 'the registry did not answer';
  const unchecked = [...known.truth.unchecked, { what: 'anything newer than the time of this answer', why }];
  return { ...known, truth: { ...known.truth, unchecked } };
}
