/** Which package runs in place of a launcher: the one that was agreed to, or one that was looked up and may be. */
import type { LaunchReview } from '../../contract/launch.ts';
import type { LaunchPackage, PackageNews, PackageTruth, PinnedPackage } from '../../contract/package.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { type PackageStart, packageStart } from '../../core/launch/packageStart.ts';
import { isWanted, nameOf } from '../../core/launch/pinned.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { Candidate, Packages } from '../packages/packages.ts';

/** Which launch of a server is meant: the one that starts, another version that waits, or the line without a store. */
export type Which = 'usual' | 'upgrade' | 'as-written';

export interface LookWishes {
  /** Packages, by name, whose install scripts are to run; what was chosen before when left out. */
  readonly scripts?: readonly string[] | undefined;
  /** Ask the registry again, whatever is remembered. */
  readonly fresh: boolean;
  readonly tell: (news: PackageNews) => void;
  readonly signal: AbortSignal;
}

export class Pinning {
  readonly #packages: Packages;
  readonly #candidates = new Map<string, Candidate>();
  /** What was learned of packages that cannot be pinned. */
  readonly #truths = new Map<string, PackageTruth>();
  readonly #why = new Map<string, string>();

  constructor(packages: Packages) {
    this.#packages = packages;
  }

  /** The package of one of a server's launches; null when its line runs as it is written. */
  chosen(
    server: string,
    entry: ServerEntry,
    agreed: { readonly package?: PinnedPackage | undefined } | null,
    which: Which,
  ): PinnedPackage | null {
    const wanted = wantedOf(entry);
    if (which === 'as-written' || wanted === null) return null;
    const candidate = this.#fitting(server, wanted);
    const held = agreed?.package && isWanted(agreed.package, wanted) ? agreed.package : null;
    if (which === 'upgrade') return candidate?.pinned ?? held;
    if (agreed !== null && agreed.package === undefined) return null;
    return held ?? candidate?.pinned ?? null;
  }

  /** What was looked up of a pinned package, or of the package the line names; null when nothing was. */
  truth(server: string, pinned: PinnedPackage | null): PackageTruth | null {
    const candidate = this.#candidates.get(server);
    if (pinned && candidate?.pinned.lock === pinned.lock) return candidate.truth;
    return pinned ? null : (this.#truths.get(server) ?? null);
  }

  /** Whether this line, which names this package, can run from the store. */
  possible(server: string, entry: ServerEntry, named: LaunchPackage | null): LaunchReview['pinning'] {
    const start = packageStart(entry.command, entry.args);
    if (start === null) return named === null ? null : { kind: 'not', why: whyNone(named) };
    const why = typeof start === 'string' ? start : this.#why.get(whyKey(server, start));
    return why === undefined ? { kind: 'possible' } : { kind: 'not', why };
  }

  /** Whether another pinned version than this one waits to be agreed to. */
  waits(server: string, entry: ServerEntry, than: PinnedPackage | null): boolean {
    const wanted = wantedOf(entry);
    const candidate = wanted && this.#fitting(server, wanted);
    return candidate !== null && canonicalJson(candidate.pinned) !== canonicalJson(than);
  }

  /** Looks a server's package up. Rejects with `Refused('PACKAGE_UNAVAILABLE')` when it was cancelled. */
  async look(
    server: string,
    entry: ServerEntry,
    named: LaunchPackage,
    before: PinnedPackage | undefined,
    wishes: LookWishes,
  ): Promise<{ truth: PackageTruth; notPinned: string | null }> {
    const start = packageStart(entry.command, entry.args);
    const pinnable = start !== null && typeof start !== 'string';
    const wanted = pinnable ? { ...start.package, registry: registryOf(entry, start) } : named;
    const looked = await this.#packages.look(wanted, pinnable ? start.program : null, wishes);
    this.#truths.set(server, looked.truth);
    if (!pinnable) return { truth: looked.truth, notPinned: start ?? whyNone(named) };
    const known = this.#candidates.get(server)?.pinned ?? before;
    const allowed = wishes.scripts ?? known?.scripts.flatMap((one) => (one.allowed ? [nameOf(one.package)] : [])) ?? [];
    const candidate = await this.#packages.pin(wantedOf(entry) as PinnedPackage['wanted'], looked, allowed);
    if (candidate) this.#candidates.set(server, candidate);
    // What could not be reached now may be reached later.
    const settled = candidate === null && looked.truth.version !== null;
    if (settled) this.#why.set(whyKey(server, start), looked.notPinned ?? 'its tree could not be resolved');
    return { truth: looked.truth, notPinned: candidate ? null : looked.notPinned };
  }

  forget(server: string): void {
    this.#candidates.delete(server);
  }

  /** Those that may still be agreed to: their lockfiles stay. */
  pending(): PinnedPackage[] {
    return [...this.#candidates.values()].map(({ pinned }) => pinned);
  }

  #fitting(server: string, wanted: PinnedPackage['wanted']): Candidate | null {
    const candidate = this.#candidates.get(server);
    return candidate && isWanted(candidate.pinned, wanted) ? candidate : null;
  }
}

/** What a pinned launch's program gets; what stands before the package's name is its launcher's. */
export function argumentsOf({ command, args }: Pick<ServerEntry, 'command' | 'args'>): readonly string[] {
  const start = packageStart(command, args);
  return start === null || typeof start === 'string' ? [] : start.args;
}

function wantedOf(entry: ServerEntry): PinnedPackage['wanted'] | null {
  const start = packageStart(entry.command, entry.args);
  if (start === null || typeof start === 'string') return null;
  return { spec: start.wanted, program: start.program, registry: registryOf(entry, start) };
}

/** The one on the line, else the one in the entry's environment, as npm reads it. */
function registryOf(entry: ServerEntry, start: PackageStart): string | null {
  const variable = Object.entries(entry.env).find(([name]) => /^npm_config_registry$/i.test(name))?.[1];
  return start.package.registry ?? variable ?? null;
}

/** Why a package that no plain launcher of npm's starts runs as its line says. */
function whyNone({ kind }: LaunchPackage): string {
  return kind === 'npm'
    ? 'its line is more than a launcher and a package'
    : 'only npm packages run from the store so far';
}

function whyKey(server: string, { wanted }: PackageStart): string {
  return `${server} ${wanted}`;
}
