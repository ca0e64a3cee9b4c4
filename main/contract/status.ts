/** What the daemon says of itself. */
import { z } from 'zod';
import { diskState } from './disk.ts';
import { refusalSchema } from './errors.ts';
import { timestamp } from './names.ts';
import { systemAuthentication } from './personProof.ts';
import { keystoreState } from './secret.ts';
import { settings } from './settings.ts';

export const daemonStatus = z.object({
  version: z.string(),
  pid: z.int(),
  since: timestamp,
  home: z.string(),
  /** `app`: a window approves over the inherited pipe. `headless`: the passcode approves. `look-only`: nobody can. */
  mode: z.enum(['app', 'headless', 'look-only']),
  keystore: keystoreState,
  passcode: z.enum(['set', 'missing', 'locked', 'void']),
  /** How the app can ask the system whether it is the person; null where it cannot. */
  system: systemAuthentication.nullable(),
  /** SHA-256 of the device's public key. */
  device: z.string().nullable(),
  servers: z.int(),
  sessions: z.int(),
  asks: z.int(),
  records: z.int(),
  /** Whether this system keeps servers to what they may reach; null while there are no keys. */
  confines: z.boolean().nullable(),
  /** The room left for the ledger. */
  disk: diskState,
  /** Faults in force: a broken file, a void row. */
  problems: z.array(refusalSchema),
});
export type DaemonStatus = z.infer<typeof daemonStatus>;

export const doctorCheck = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  found: z.string(),
  fix: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof doctorCheck>;

export const policyFile = z.object({ file: z.string(), text: z.string() });
export const policyState = z.object({
  /** Digest of the policy set in force. */
  digest: z.string(),
  files: z.array(policyFile),
  /** What those files of settings say. */
  settings,
  /** Files that differ from what a person accepted: a proposal, not in force. */
  proposal: z
    .object({
      files: z.array(z.object({ file: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
      digest: z.string(),
    })
    .nullable(),
  faults: z.array(z.object({ file: z.string(), line: z.int().nullable(), message: z.string() })),
});
export type PolicyState = z.infer<typeof policyState>;

/** A hint to read again: what changed, not the data. */
export const changeEvent = z.object({
  topic: z.enum([
    'servers',
    'sessions',
    'asks',
    'audit',
    'secrets',
    'policy',
    'status',
    'tools',
    'tour',
    'grants',
    'switches',
    'clients',
    'sync',
  ]),
  /** The id of what changed, when it is one thing. */
  id: z.string().optional(),
});
export type ChangeEvent = z.infer<typeof changeEvent>;
