/** What changed between two pinned packages, for a person: version, people, scripts, dependencies. */
import type { LaunchDifference } from '../../contract/launch.ts';
import type { PackageTruth, PinnedPackage } from '../../contract/package.ts';

type Pinned = PinnedPackage | undefined;

/** Every difference that moves the digest; what a registry never said counts as not there. */
export function packageDifferences(before: Pinned, after: Pinned): LaunchDifference[] {
  const found: LaunchDifference[] = [];
  const compare = (where: string, was: string | null | undefined, is: string | null | undefined) => {
    if ((was ?? null) !== (is ?? null)) found.push({ where, before: was ?? null, after: is ?? null });
  };
  compare('package', wantedText(before), wantedText(after));
  compare('package name', before?.name, after?.name);
  compare('package version', before?.version, after?.version);
  compare('package maintainers', peopleOf(before), peopleOf(after));
  for (const [where, was, is] of scriptPairs(before, after)) compare(where, was, is);
  for (const [name, was, is] of dependencyPairs(before, after)) compare(`dependency ${name}`, was, is);
  compare('package published', before?.publishedAt, after?.publishedAt);
  compare('package registry', before?.registry, after?.registry);
  compare('package integrity', before?.integrity, after?.integrity);
  compare('package file', before?.entry, after?.entry);
  compare('lockfile', before?.lock, after?.lock);
  return found;
}

/** The facts of a truth that a pin keeps, with the scripts that are allowed to run. */
export function pinOf(
  truth: PackageTruth & { readonly version: string; readonly integrity: string; readonly registry: string },
  tree: { readonly wanted: PinnedPackage['wanted']; readonly entry: string; readonly lock: string },
  allowed: readonly string[],
): PinnedPackage {
  return {
    wanted: tree.wanted,
    name: truth.package.name,
    version: truth.version,
    registry: truth.registry,
    integrity: truth.integrity,
    publishedAt: truth.publishedAt,
    maintainers: truth.maintainers,
    entry: tree.entry,
    dependencies: truth.dependencies ?? [],
    scripts: (truth.scripts ?? []).map((script) => ({
      ...script,
      allowed: allowed.includes(nameOf(script.package)) || allowed.includes(script.package),
    })),
    lock: tree.lock,
  };
}

function wantedText(pinned: Pinned): string | null {
  if (!pinned) return null;
  const { spec, program, registry } = pinned.wanted;
  return [spec, program && `program ${program}`, registry && `from ${registry}`].filter(Boolean).join(', ');
}

/** Whether a pinned package is what a command line still asks for. */
export function isWanted(pinned: PinnedPackage, wanted: PinnedPackage['wanted']): boolean {
  const { spec, program, registry } = pinned.wanted;
  return spec === wanted.spec && program === wanted.program && registry === wanted.registry;
}

function peopleOf(pinned: Pinned): string | null {
  return pinned?.maintainers ? pinned.maintainers.join(', ') || 'nobody' : null;
}

/** A script is the same one while its package's name and event are; its version alone changes nothing about it. */
function scriptPairs(before: Pinned, after: Pinned): [string, string | null, string | null][] {
  const texts = (pinned: Pinned) =>
    new Map(
      (pinned?.scripts ?? []).map((one) => [
        `${one.event} script of ${nameOf(one.package)}`,
        `${one.command}${one.allowed ? ' (runs)' : ' (does not run)'}`,
      ]),
    );
  return pairs(texts(before), texts(after));
}

function dependencyPairs(before: Pinned, after: Pinned): [string, string | null, string | null][] {
  const versions = (pinned: Pinned) => {
    const found = new Map<string, string>();
    for (const one of pinned?.dependencies ?? []) {
      const name = nameOf(one);
      const version = one.slice(name.length + 1);
      found.set(name, found.has(name) ? `${found.get(name)}, ${version}` : version);
    }
    return found;
  };
  // The first pin's dependencies are no change: there was nothing before.
  return before ? pairs(versions(before), versions(after)) : [];
}

function pairs(was: Map<string, string>, is: Map<string, string>): [string, string | null, string | null][] {
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => [key, was.get(key) ?? null, is.get(key) ?? null]);
}

/** `name` of `name@version`; a scope's `@` is its own. */
export function nameOf(spec: string): string {
  const at = spec.indexOf('@', 1);
  return at < 0 ? spec : spec.slice(0, at);
}
