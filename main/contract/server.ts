/** Servers as configured and as they run. */
import { z } from 'zod';
import { refusalSchema } from './errors.ts';
import { digest, id, name, timestamp } from './names.ts';
import { sandboxEntry } from './sandbox.ts';
import { isUnicode } from './unicode.ts';

/** A command line that is looked at. */
export const commandLine = z
  .object({ command: z.string().min(1), args: z.array(z.string()).default([]) })
  .refine(isUnicode, 'it holds text that is no Unicode');
export type CommandLine = z.infer<typeof commandLine>;

const COMMAND = 'names the program to start; a server at an address is not run here';

/** One entry of `servers.json`: the `mcpServers` shape clients use, plus ours. Values may hold `${keychain:NAME}`. */
export const serverEntry = z
  .looseObject({
    command: z.string(COMMAND).min(1, COMMAND),
    args: z.array(z.string()).default([]),
    cwd: z.string().optional(),
    env: z.record(z.string(), z.string()).default({}),
    /** What of the machine it reaches; `standard` where nothing is said. */
    sandbox: sandboxEntry.optional(),
    /** Off keeps the entry but refuses every start. */
    disabled: z.boolean().optional(),
  })
  .refine(isUnicode, 'it holds text that is no Unicode');
export type ServerEntry = z.infer<typeof serverEntry>;

export const serversFile = z.looseObject({ mcpServers: z.record(name, serverEntry).default({}) });
export type ServersFile = z.infer<typeof serversFile>;

/** PRODUCT.md S2. */
export const INSTANCE_STATES = [
  'stopped',
  'consent-needed',
  'starting',
  'ready',
  'unhealthy',
  'backing-off',
  'failed',
  'quarantined',
  'disabled',
] as const;
export const instanceState = z.enum(INSTANCE_STATES);
export type InstanceState = z.infer<typeof instanceState>;

export const instanceInfo = z.object({
  id,
  server: name,
  pid: z.int().nullable(),
  state: instanceState,
  reason: z.string().nullable(),
  /** The session that owns it; null for the one Countersign itself started to look at the tools. */
  session: id.nullable(),
  startedAt: timestamp,
});
export type InstanceInfo = z.infer<typeof instanceInfo>;

export const clientInfo = z.object({
  /** As `clientInfo` claims: for display only. */
  name: z.string().nullable(),
  version: z.string().nullable(),
  /** The relay's process id and its parent's program, as the operating system reports them. */
  pid: z.int().nullable(),
  program: z.string().nullable(),
});
export type ClientInfo = z.infer<typeof clientInfo>;

export const sessionInfo = z.object({
  id,
  server: name,
  client: clientInfo,
  era: z.enum(['unknown', 'legacy', 'modern']),
  since: timestamp,
  calls: z.int(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

export const consentState = z.enum(['given', 'needed', 'changed']);

export const serverSummary = z.object({
  name,
  command: z.string(),
  args: z.array(z.string()),
  state: instanceState,
  /** Why it is in this state, in a sentence. */
  reason: z.string().nullable(),
  consent: consentState,
  launchDigest: digest.nullable(),
  instances: z.array(instanceInfo),
  tools: z.object({ accepted: z.int(), held: z.int(), seen: z.boolean() }),
  problem: refusalSchema.nullable(),
});
export type ServerSummary = z.infer<typeof serverSummary>;

export const logLine = z.object({
  seq: z.int(),
  at: timestamp,
  stream: z.enum(['stderr', 'stdout', 'lifecycle']),
  text: z.string(),
  instance: id.nullable(),
});
export type LogLine = z.infer<typeof logLine>;
