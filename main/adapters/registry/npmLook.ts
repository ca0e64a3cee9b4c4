/** What an npm registry says of a package and of everything that comes with it. */
import { join } from 'node:path';
import npmFetch from 'npm-registry-fetch';
import pacote from 'pacote';
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';
import type { LookedUp } from '../../services/packages/ports.ts';
import type { Word } from './messages.ts';
import { advisoriesOf, attestationOf, signatureOf } from './npmChecks.ts';
import { type NpmOptions, npmSettings } from './npmSettings.ts';
import { npmTree, type ResolvedTree } from './npmTree.ts';
import { nothingKnown, reasonOf } from './unanswered.ts';

/** The fields of a full manifest that are looked at; registries leave any of them out. */
export interface NpmManifest {
  readonly name: string;
  readonly version: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly deprecated?: string;
  readonly maintainers?: readonly NpmPerson[];
  readonly _npmUser?: NpmPerson;
  readonly _time?: string;
  readonly _integrity?: string;
  readonly dist?: {
    readonly unpackedSize?: number;
    readonly signatures?: readonly unknown[];
    readonly attestations?: { readonly url: string };
  };
}
type NpmPerson = string | { readonly name?: string; readonly email?: string };

interface Look {
  readonly wanted: LaunchPackage;
  readonly program: string | null;
}

/** Never rejects for what the registry does not answer. `home` is empty and nobody else's. */
export async function lookAtNpm(
  { wanted, program }: Look,
  home: string,
  tell: (news: Extract<Word, { kind: 'progress' }>) => void,
): Promise<LookedUp> {
  const odd = oddity(wanted);
  if (odd !== null) return { truth: nothingKnown(wanted, odd), tree: null, notPinned: odd };
  // A cache of its own: an answer of yesterday, given because there is none today, would pass for one of today.
  const settings = await npmSettings(home, join(home, 'cache'), wanted.registry);
  const options = { ...settings, packumentCache: new Map() };
  const progress = openProgress(tell);
  try {
    return await looked({ wanted, program }, home, options, progress.enter);
  } finally {
    progress.end();
  }
}

type Step = Extract<Word, { kind: 'progress' }>['step'];

/** Tells of each step that is entered, and of each answer that comes. */
function openProgress(tell: (news: Extract<Word, { kind: 'progress' }>) => void) {
  let step: Step = 'package';
  let answers = 0;
  const report = () => tell({ kind: 'progress', step, answers });
  // npm's libraries say so in this way alone (their package proc-log).
  const heard = (level: string) => {
    if (level !== 'http') return;
    answers++;
    report();
  };
  process.on('log', heard);
  const enter = (next: Step) => {
    step = next;
    report();
  };
  return { enter, end: () => void process.off('log', heard) };
}

async function looked(
  { wanted, program }: Look,
  home: string,
  options: NpmOptions,
  enter: (step: Step) => void,
): Promise<LookedUp> {
  enter('package');
  const spec = wanted.version === null ? wanted.name : `${wanted.name}@${wanted.version}`;
  const known = await manifest(spec, wanted.name, options).catch(reasonOf);
  if (typeof known === 'string') {
    const truth = nothingKnown(wanted, known);
    return { truth: { ...truth, registry: npmFetch.pickRegistry(wanted.name, options) }, tree: null, notPinned: known };
  }
  enter('tree');
  const tree = await npmTree(known.manifest, program, home, options).catch(reasonOf);
  enter('checks');
  const truth = await truthOf(wanted, known, tree, options);
  if (typeof tree === 'string') return { truth, tree: null, notPinned: tree };
  return {
    truth,
    tree: tree.notPinned === null ? { lock: tree.lock, entry: tree.entry } : null,
    notPinned: tree.notPinned,
  };
}

/** Why a package is none of a registry's: npm would read other things too under such a name. */
function oddity({ name, version, registry }: LaunchPackage): string | null {
  if (!/^(@[a-z\d._~-]+\/)?[a-z\d._~-]+$/i.test(name)) return 'its name is none that a registry could know';
  if (version !== null && !/^[\w.^~<>=*|+ -]+$/.test(version)) return 'its version is another place or name';
  if (registry !== null && !/^https?:\/\//i.test(registry)) return 'its registry is no web address';
  return null;
}

interface Known {
  readonly manifest: NpmManifest;
  readonly latest: string | null;
  readonly first: string | null;
  readonly maintainers: readonly NpmPerson[] | undefined;
}

async function manifest(spec: string, name: string, options: NpmOptions): Promise<Known> {
  const full = { ...options, fullMetadata: true };
  const packument = (await pacote.packument(name, full)) as unknown as {
    'dist-tags'?: { latest?: string };
    time?: Readonly<Record<string, string>>;
    maintainers?: NpmPerson[];
  };
  const found = (await pacote.manifest(spec, full)) as unknown as NpmManifest;
  return {
    manifest: found,
    latest: packument['dist-tags']?.latest ?? null,
    first: packument.time?.created ?? earliest(packument.time ?? {}),
    maintainers: found.maintainers ?? packument.maintainers,
  };
}

/** The earliest of the times that a registry keeps by version; null where it keeps none. */
function earliest(times: Readonly<Record<string, string>>): string | null {
  return Object.values(times).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

async function truthOf(
  wanted: LaunchPackage,
  { manifest: found, latest, first, maintainers }: Known,
  tree: ResolvedTree | string,
  options: NpmOptions,
): Promise<PackageTruth> {
  const exact = `${found.name}@${found.version}`;
  const resolved = typeof tree === 'string' ? null : tree;
  const [signature, provenance, advisories] = await Promise.all([
    signatureOf(exact, found, options),
    attestationOf(exact, found, options),
    advisoriesOf(found, resolved?.dependencies ?? [], options),
  ]);
  const unchecked: { what: string; why: string }[] = [];
  const silent = 'the registry does not say';
  if (typeof tree === 'string') unchecked.push({ what: 'its dependencies and their install scripts', why: tree });
  if (maintainers === undefined) unchecked.push({ what: 'its maintainers', why: silent });
  if (found._npmUser === undefined) unchecked.push({ what: 'who published this version', why: silent });
  if (first === null) unchecked.push({ what: 'since when there is such a package', why: silent });
  if (found._time === undefined) unchecked.push({ what: 'when it was published', why: silent });
  if (found.dist?.unpackedSize === undefined) unchecked.push({ what: 'its size', why: silent });
  for (const [what, check] of Object.entries({
    'the registry’s signature': signature,
    'where it was built': provenance,
    'known vulnerabilities': advisories,
  }))
    if (check.state === 'unchecked') unchecked.push({ what, why: check.detail });
  return {
    package: wanted,
    version: found.version,
    registry: npmFetch.pickRegistry(found.name, options),
    integrity: found._integrity ?? null,
    publishedAt: found._time ?? null,
    firstPublishedAt: first,
    size: found.dist?.unpackedSize ?? null,
    publisher: found._npmUser === undefined ? null : personName(found._npmUser),
    maintainers: maintainers?.map(personName).toSorted() ?? null,
    deprecated: found.deprecated ?? null,
    latest: latest === found.version ? null : latest,
    scripts: resolved?.scripts ?? null,
    dependencies: resolved?.dependencies ?? null,
    signature,
    provenance,
    advisories,
    unchecked,
    lookedAt: new Date().toISOString().replace('Z', '000Z'),
  };
}

function personName(person: NpmPerson): string {
  return typeof person === 'string' ? person : (person.name ?? person.email ?? 'somebody without a name');
}
