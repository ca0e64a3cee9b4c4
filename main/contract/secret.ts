/** Secrets: names and facts. Values never appear in any of these shapes. */
import { z } from 'zod';
import { name, timestamp } from './names.ts';

export const secretInfo = z.object({
  name,
  setAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  usedBy: z.array(name),
});
export type SecretInfo = z.infer<typeof secretInfo>;

/** Where keys and secrets live now. */
export const keystoreState = z.object({
  kind: z.enum(['keychain', 'vault', 'none']),
  state: z.enum(['ready', 'locked', 'absent']),
  /** In words: which backend, or what is missing and the way to a real keychain. */
  detail: z.string(),
});
export type KeystoreState = z.infer<typeof keystoreState>;
