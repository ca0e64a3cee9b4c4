/** Secrets: names and facts. Values never appear in any of these shapes. */
import { z } from 'zod';
import { launch } from './launch.ts';
import { name, timestamp } from './names.ts';

/** Who gets a secret, and what it is for. */
export const secretScope = z.object({
  /** Only these servers get it; null: each that names it and was agreed to. */
  servers: z.array(name).max(100).nullable().default(null),
  /** A word of the person's, such as `production`. */
  environment: z.string().trim().min(1).max(64).nullable().default(null),
  /** When its issuer lets it end, as the person says; null: never, or nobody knows. */
  expiresAt: timestamp.nullable().default(null),
});
export type SecretScope = z.infer<typeof secretScope>;

/** A command that prints a short-lived credential, in the shape of a server's entry. */
export const secretCommand = z.object({
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  cwd: z.string().optional(),
  /** Plain values only: it gets no secrets. */
  env: z.record(z.string(), z.string()).default({}),
});
export type SecretCommand = z.infer<typeof secretCommand>;

/** What a person should do something about. `lost`: the record of its scope does not count, so nobody gets it. */
export const secretConcern = z.enum(['lost', 'expired', 'expires-soon', 'old', 'shared', 'same-value', 'unused']);
export type SecretConcern = z.infer<typeof secretConcern>;

export const secretInfo = z.object({
  name,
  ...secretScope.shape,
  setAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  /** Servers whose environment refers to it. */
  usedBy: z.array(name),
  /** Of those, the ones that run with it now. */
  running: z.array(name),
  /** Other names under which the same value is kept. */
  sameAs: z.array(name),
  /** Entries of clients’ files that are put back with it, in words. */
  putsBack: z.array(z.string()),
  /** The command that makes it, as it was agreed to; null where a value is kept. */
  helper: launch.nullable(),
  /** Worst first, each with a sentence. */
  concerns: z.array(z.object({ id: secretConcern, text: z.string() })),
});
export type SecretInfo = z.infer<typeof secretInfo>;

/** A secret that servers name and nobody has set: what names it does not start. */
export const wantedSecret = z.object({ name, usedBy: z.array(name) });
export type WantedSecret = z.infer<typeof wantedSecret>;

/** Where keys and secrets live now. */
export const keystoreState = z.object({
  kind: z.enum(['keychain', 'vault', 'none']),
  state: z.enum(['ready', 'locked', 'absent']),
  /** In words: which backend, or what is missing and the way to a real keychain. */
  detail: z.string(),
});
export type KeystoreState = z.infer<typeof keystoreState>;
