/** AI clients: what their configuration launches, and what stands there once they go through Countersign. */
import { z } from 'zod';
import { launchFinding } from './launch.ts';
import { digest, name, timestamp } from './names.ts';

/** Every client we know, and what it is called. */
export const CLIENT_NAMES = {
  'claude-desktop': 'Claude Desktop',
  'claude-code': 'Claude Code',
  cursor: 'Cursor',
  vscode: 'VS Code',
  'copilot-cli': 'Copilot CLI',
  windsurf: 'Windsurf',
  zed: 'Zed',
  codex: 'Codex',
  'gemini-cli': 'Gemini CLI',
  cline: 'Cline',
  roo: 'Roo Code',
  goose: 'Goose',
  opencode: 'opencode',
  continue: 'Continue',
  junie: 'Junie',
  'lm-studio': 'LM Studio',
  kiro: 'Kiro',
  antigravity: 'Antigravity',
} as const;
export type ClientId = keyof typeof CLIENT_NAMES;
export const clientId = z.enum(Object.keys(CLIENT_NAMES) as [ClientId, ...ClientId[]]);

/** Whose file it is: the person's, an administrator's (never written), or a project's. */
export const clientScope = z.enum(['user', 'managed', 'project']);
export type ClientScope = z.infer<typeof clientScope>;

/**
 * `unprotected`: the client starts the server around us. `protected`: it starts our relay. `quarantined`: it starts our
 * relay for a name that nothing has, or an address where nothing answers. `remote`: a server elsewhere, not covered yet.
 * `uncovered`: cannot be put behind us, the reason says why.
 */
export const clientEntryState = z.enum(['unprotected', 'protected', 'quarantined', 'remote', 'uncovered']);
export type ClientEntryState = z.infer<typeof clientEntryState>;

/** One server in a client's file. */
export const clientEntry = z.object({
  /** Digest of file, place in it and name. */
  id: digest,
  name: z.string(),
  /** From 1. */
  line: z.int(),
  state: clientEntryState,
  reason: z.string().nullable(),
  /** Our server behind it. */
  server: z.string().nullable(),
  /** What it launches, or launched before; secrets are masked. Null for a remote server. */
  command: z.string().nullable(),
  args: z.array(z.string()),
  /** Names of the variables it sets. */
  env: z.array(z.string()),
  url: z.string().nullable(),
  /** Set when it came, or changed, after Countersign first looked, and nobody has decided about it. */
  appeared: z.object({ at: timestamp, change: z.enum(['added', 'changed', 'released']) }).nullable(),
  /** We keep what it was, so that it can be put back. */
  kept: z.boolean(),
  /** A person left it as it is. It ends when the entry launches something else. */
  left: z.object({ at: timestamp, by: z.string() }).nullable(),
  /** Switched off in the client. */
  off: z.boolean(),
  /** The client runs tools of it without asking. */
  unasked: z.boolean(),
  findings: z.array(launchFinding),
});
export type ClientEntry = z.infer<typeof clientEntry>;

export const clientFile = z.object({
  client: clientId,
  /** Other clients whose path leads to the very same file. */
  also: z.array(clientId),
  path: z.string(),
  scope: clientScope,
  project: z.string().nullable(),
  /** Why it cannot be used; then it has no entries and is never written. */
  problem: z.object({ line: z.int().nullable(), message: z.string() }).nullable(),
  entries: z.array(clientEntry),
});
export type ClientFile = z.infer<typeof clientFile>;

/** What the clients that read a file are called. */
export function clientNames({ client, also }: Pick<ClientFile, 'client' | 'also'>): string {
  return [client, ...also].map((one) => CLIENT_NAMES[one]).join(', ');
}

export const clientsView = z.object({
  /** Those that are there: files with something to protect first. */
  files: z.array(clientFile),
  /** Project folders whose files are read. */
  projects: z.array(z.string()),
  /** Project folders that clients list and nobody has trusted: nothing in them was read (SECURITY.md incident 14). */
  unread: z.array(z.string()),
  /** How many clients were looked for. */
  known: z.int(),
});
export type ClientsView = z.infer<typeof clientsView>;

/** One variable of one entry. */
export const entryVariable = z.object({ entry: digest, variable: z.string() });
export type EntryVariable = z.infer<typeof entryVariable>;

/** What a client asks before it starts a server, and the answer. */
export const entryAnswer = z.object({ entry: digest, input: z.string(), value: z.string().max(10_000) });
export type EntryAnswer = z.infer<typeof entryAnswer>;

/** What is to be protected, and which values that look like secrets a person says are none. */
export const clientsChoice = z.object({
  entries: z.array(digest).min(1).max(200),
  plain: z.array(entryVariable).default([]),
  /** What a person says to what the client would ask them. */
  answers: z.array(entryAnswer).max(200).default([]),
});
export type ClientsChoice = z.infer<typeof clientsChoice>;

/** A part of a client's file before and after: whole lines, secrets named instead of shown. */
export const clientChange = z.object({
  client: clientId,
  file: z.string(),
  entry: z.string(),
  /** Of the first line shown, from 1. */
  line: z.int(),
  before: z.string(),
  after: z.string(),
});
export type ClientChange = z.infer<typeof clientChange>;

/** A value that moves into the keychain. */
export const movedSecret = z.object({
  name,
  server: name,
  variable: z.string(),
  /** Which entries have it. */
  entries: z.array(digest),
  /** What told it apart, in words. */
  why: z.string(),
  length: z.int(),
});
export type MovedSecret = z.infer<typeof movedSecret>;

export const plannedServer = z.object({
  name,
  command: z.string(),
  args: z.array(z.string()),
  /** Variable to value; `${keychain:NAME}` where it is kept there. */
  env: z.record(z.string(), z.string()),
  cwd: z.string().nullable(),
  /** It is in `servers.json` already, exactly like this. */
  present: z.boolean(),
});
export type PlannedServer = z.infer<typeof plannedServer>;

/** Variables that move from a file of the client's into `servers.json` and the keychain. That file stays as it is. */
export const variablesTaken = z.object({ server: name, path: z.string(), variables: z.array(z.string()) });

/** A secret that cannot move into the keychain, where it stands, and what told it apart. */
export const exposedSecret = z.object({ server: name, argument: z.int(), why: z.string() });

/** Everything that protecting these entries would do. Nothing was done yet. */
export const protectPlan = z.object({
  /** Over all of it and the files as they are: what an answer binds to. */
  digest,
  changes: z.array(clientChange),
  servers: z.array(plannedServer),
  secrets: z.array(movedSecret),
  /** Variables the client would have filled in itself: their values are set by name afterwards. */
  missing: z.array(z.object({ server: name, variable: z.string(), name, description: z.string().nullable() })),
  /** What the client would have asked and is no secret. While one has no value, nothing of the plan can be done. */
  asked: z.array(
    z.object({
      entry: digest,
      server: name,
      input: z.string(),
      description: z.string().nullable(),
      options: z.array(z.string()).nullable(),
      value: z.string().nullable(),
    }),
  ),
  /** Files from which variables are taken, as they are now: later changes there do not count. */
  files: z.array(variablesTaken),
  /** Secrets among arguments, from 1: they stay there in plain text. */
  exposed: z.array(exposedSecret),
});
export type ProtectPlan = z.infer<typeof protectPlan>;

/** Putting clients behind us: files rewritten, secrets moved. */
export const protectSubject = z.object({
  kind: z.literal('protect'),
  changes: z.array(clientChange),
  secrets: z.array(movedSecret),
  files: z.array(variablesTaken).default([]),
  exposed: z.array(exposedSecret).default([]),
  servers: z.array(name),
  planDigest: digest,
});

/** Letting clients start servers around us again. */
export const unprotectSubject = z.object({
  kind: z.literal('unprotect'),
  changes: z.array(clientChange),
  /** Secrets that are written into the files again, in plain. */
  secrets: z.array(z.string()),
  /** Secrets that were revoked meanwhile: nothing comes in their place. */
  gone: z.array(z.string()).default([]),
  planDigest: digest,
});
export type UnprotectSubject = z.infer<typeof unprotectSubject>;

/** Leaving an entry that came without its person as it is: the client goes on starting it around us. */
export const leaveSubject = z.object({
  kind: z.literal('leave'),
  client: clientId,
  file: z.string(),
  entry: clientEntry,
  /** Of all it launches, values of variables included: keyed. */
  launchDigest: z.string(),
});
export type LeaveSubject = z.infer<typeof leaveSubject>;

/** Reading the client configuration in a project's folder. */
export const projectSubject = z.object({ kind: z.literal('project'), folder: z.string() });
