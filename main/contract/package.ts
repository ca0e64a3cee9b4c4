/** Packages: what their words say, what a registry says of them, and the exact tree that a launch is pinned to (PRODUCT.md I2, I5). */
import { z } from 'zod';
import { digest, timestamp } from './names.ts';

/** The package or image a launch fetches and runs, as far as its words say. */
export const launchPackage = z.object({
  kind: z.enum(['npm', 'pypi', 'image']),
  name: z.string().min(1).max(400),
  /** Exactly as written: a version, range, tag or digest; null when none was. */
  version: z.string().max(200).nullable(),
  /** Null for the one that is usual. */
  registry: z.string().max(2000).nullable(),
});
export type LaunchPackage = z.infer<typeof launchPackage>;

/** A command that a package wants to run while it is installed. */
export const installScript = z.object({
  /** `name@version`. */
  package: z.string(),
  event: z.enum(['preinstall', 'install', 'postinstall']),
  command: z.string(),
});
export type InstallScript = z.infer<typeof installScript>;

/** A package with its whole tree, as it runs from Countersign's own store. All of it is part of the consent. */
export const pinnedPackage = z.object({
  /** As written in the command line, such as `mcp-remote@^0.1`, with the program and registry it names, if any. */
  wanted: z.object({ spec: z.string(), program: z.string().nullable(), registry: z.string().nullable() }),
  name: z.string(),
  version: z.string(),
  registry: z.string(),
  /** Subresource Integrity of its archive. */
  integrity: z.string(),
  /** Null when the registry does not say. */
  publishedAt: z.string().nullable(),
  /** Null when the registry does not say. */
  maintainers: z.array(z.string()).nullable(),
  /** The file of the package that is started, relative to it. */
  entry: z.string(),
  /** Every package that comes with it, `name@version`, sorted. */
  dependencies: z.array(z.string()),
  /** All that the tree wants to run at installation; only what is allowed here does. */
  scripts: z.array(installScript.extend({ allowed: z.boolean() })),
  /** Of the lockfile: version, address and integrity of every package. */
  lock: digest,
});
export type PinnedPackage = z.infer<typeof pinnedPackage>;

/** `absent`: the registry answered that there is none. `unchecked`: nobody could say. */
export const packageCheck = z.object({
  state: z.enum(['verified', 'absent', 'failed', 'unchecked']),
  /** What was found, or why it could not be checked, in a sentence. */
  detail: z.string(),
});
export type PackageCheck = z.infer<typeof packageCheck>;

/** What a registry says of a package now. Null where it could not be checked; `unchecked` then says why. */
export const packageTruth = z.object({
  package: launchPackage,
  /** The exact version, tag or digest that would run. */
  version: z.string().nullable(),
  registry: z.string().nullable(),
  integrity: z.string().nullable(),
  publishedAt: z.string().nullable(),
  /** When the package's first version was published: what imitates another one is new. Absent in truths from before it was asked. */
  firstPublishedAt: z.string().nullable().default(null),
  /** Bytes, unpacked. */
  size: z.int().nullable(),
  /** Who published this version. */
  publisher: z.string().nullable(),
  maintainers: z.array(z.string()).nullable(),
  /** What its publisher says against using it; empty when nothing. */
  deprecated: z.string().nullable(),
  /** The newest version, where another one was asked for. */
  latest: z.string().nullable(),
  /** Of the whole tree. */
  scripts: z.array(installScript).nullable(),
  /** Every package of the tree but itself, `name@version`. */
  dependencies: z.array(z.string()).nullable(),
  /** The registry's signature of exactly this archive. */
  signature: packageCheck,
  /** An attestation of where it was built, and from which source. */
  provenance: packageCheck,
  /** Known vulnerabilities of the version, by the registry's list; what Countersign knows itself is a finding. */
  advisories: packageCheck,
  unchecked: z.array(z.object({ what: z.string(), why: z.string() })),
  lookedAt: timestamp,
});
export type PackageTruth = z.infer<typeof packageTruth>;

/** What a look-up tells on its way, and at its end. */
export const packageNews = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    step: z.enum(['package', 'tree', 'checks']),
    /** Answers from the registry so far. */
    answers: z.int(),
  }),
  z.object({
    kind: z.literal('truth'),
    truth: packageTruth,
    /** Why it cannot run from the store, in a sentence; null when it can. */
    notPinned: z.string().nullable(),
  }),
]);
export type PackageNews = z.infer<typeof packageNews>;
