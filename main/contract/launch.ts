/** What a server would run, as a person reads it and as consent binds to it (SECURITY.md rule 7). */
import { z } from 'zod';
import { refusalSchema } from './errors.ts';
import { digest, id, name, timestamp } from './names.ts';
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
  sandbox: z.string(),
});
export type Launch = z.infer<typeof launch>;

export const launchDifference = z.object({
  /** Such as `args[2]`, `env TOKEN`, `program sha256`. */
  where: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type LaunchDifference = z.infer<typeof launchDifference>;

export const launchReview = z.object({
  server: name,
  launch: launch.nullable(),
  digest: digest.nullable(),
  consent: consentState,
  /** Against the last consent; empty when there was none. */
  differences: z.array(launchDifference),
  agreed: z.object({ at: timestamp, by: z.string(), record: id }).nullable(),
  problem: refusalSchema.nullable(),
});
export type LaunchReview = z.infer<typeof launchReview>;
