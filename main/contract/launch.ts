/** What a server would run, as a person reads it and as consent binds to it (SECURITY.md rule 7). */
import { z } from 'zod';
import { refusalSchema } from './errors.ts';
import { digest, id, name, timestamp } from './names.ts';
import { launchPackage, packageTruth, pinnedPackage } from './package.ts';
import { reach } from './sandbox.ts';
import { consentState } from './server.ts';

/** One environment variable: where its value comes from, never a secret's value. */
export const launchVariable = z.object({
  name: z.string(),
  source: z.enum(['literal', 'keychain', 'inherited']),
  /** Shown for a literal; the reference's name for a keychain value; null for an inherited one. */
  shown: z.string().nullable(),
  /** Keyed digest of a literal value, so that a change shows without the value. */
  valueDigest: z.string().nullable(),
});
export type LaunchVariable = z.infer<typeof launchVariable>;

/** A file that takes part in the launch: the program itself, or a script named in the arguments. */
export const launchFile = z.object({
  role: z.enum(['program', 'script']),
  /** As written in the configuration. */
  written: z.string(),
  /** Absolute, links resolved. */
  path: z.string(),
  /** Absolute, before links were resolved, where that differs: what is started, as a virtual environment's `python` is. */
  found: z.string().optional(),
  sha256: digest,
  size: z.int(),
});
export type LaunchFile = z.infer<typeof launchFile>;

/** Everything the consent digest covers. Its RFC 8785 form is what is hashed. */
export const launch = z.object({
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  variables: z.array(launchVariable),
  files: z.array(launchFile),
  /** In words: how the processes are held. */
  sandbox: z.string(),
  /** What they reach; absent in consents from before there was a choice. */
  reach: reach.optional(),
  /** The package that runs from Countersign's own store in place of the launcher; absent when the line runs as written. */
  package: pinnedPackage.optional(),
});
export type Launch = z.infer<typeof launch>;

export const launchDifference = z.object({
  /** Such as `args[2]`, `env TOKEN`, `program sha256`; `args[2] before` for one that is there no more, by its old place. */
  where: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type LaunchDifference = z.infer<typeof launchDifference>;

/** A place of a launch in the words of those who count from one: `args[2]` is the third argument. */
export function placeText(where: string): string {
  return where.replace(/^args\[(\d+)\]/, (_, index: string) => `argument ${Number(index) + 1}`);
}

/** How bad it is: `severe` has to be typed to be accepted, `warning` read, `info` known. */
export const severity = z.enum(['info', 'warning', 'severe']);
export type Severity = z.infer<typeof severity>;

/** One thing a person should know about a launch, and exactly which text of it says so. */
export const launchFinding = z.object({
  /** Such as `download-run`. */
  id: z.string(),
  severity,
  /** As in a difference: `command`, `args[2]` or `env NODE_OPTIONS`. */
  where: z.string(),
  /** In UTF-16 code units of that command, argument or value. */
  span: z.object({ start: z.int().nonnegative(), length: z.int().nonnegative() }),
  /** A sentence for a person, without any value. */
  message: z.string(),
});
export type LaunchFinding = z.infer<typeof launchFinding>;

/** What a command line says of itself, before anything is looked up. */
export const lineReview = z.object({
  /** The programs that only start another, outermost first. */
  launchers: z.array(z.string()),
  /** What they start in the end: a program, a script, a package or an image. */
  program: z.string(),
  package: launchPackage.nullable(),
  findings: z.array(launchFinding),
  /** Of the command and its arguments as they were given. */
  digest,
});
export type LineReview = z.infer<typeof lineReview>;

export const launchReview = z.object({
  server: name,
  launch: launch.nullable(),
  digest: digest.nullable(),
  consent: consentState,
  /** Worst first. They do not move the digest. */
  findings: z.array(launchFinding),
  /** Against the last consent; empty when there was none. */
  differences: z.array(launchDifference),
  agreed: z.object({ at: timestamp, by: z.string(), record: id }).nullable(),
  /** The package its command line names, if any. */
  package: launchPackage.nullable(),
  /** What the registry said of it when it was last looked up; null before that. */
  truth: packageTruth.nullable(),
  /** Whether it can run from the store; else why not, in a sentence. Null when no package is named. */
  pinning: z
    .discriminatedUnion('kind', [
      /** It does. */
      z.object({ kind: z.literal('pinned') }),
      /** It can, once it was looked up. */
      z.object({ kind: z.literal('possible') }),
      z.object({ kind: z.literal('not'), why: z.string() }),
    ])
    .nullable(),
  /** Another pinned version waits to be agreed to; the one that was agreed to runs until then. */
  upgrade: z.boolean(),
  problem: refusalSchema.nullable(),
});
export type LaunchReview = z.infer<typeof launchReview>;

/** One changed program that several servers wait for: reviewed once for all of them. */
export const sharedChange = z.object({
  differences: z.array(launchDifference).min(1),
  servers: z.array(z.object({ server: name, digest })).min(2),
});
export type SharedChange = z.infer<typeof sharedChange>;
