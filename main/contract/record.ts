/** Records: the leaves of the ledger (PRODUCT.md L1). */
import { z } from 'zod';
import { errorCode } from './errors.ts';
import { digest, id, timestamp } from './names.ts';
import { foreignIds, revealedModel, revealedPrompt } from './origin.ts';
import { clientInfo } from './server.ts';
import { toolClass } from './tool.ts';
import { ruleRef } from './verdict.ts';

export const RECORD_TYPES = [
  'daemon', // started, stopped, recovered
  'session', // opened, closed
  'lifecycle', // an instance's states
  'intent', // a governed message is about to be forwarded
  'outcome', // what came of an intent
  'told', // a hook in a client revealed something about calls to come
  'refused', // a governed message that was not forwarded
  'asked', // a question went to a person
  'answered', // approved, denied, timed out, withdrawn
  'consent', // given, withdrawn
  'pin', // tools accepted, changed, found changed
  'grant', // given, used, ended, revoked
  'policy', // accepted, proposed, found broken
  'secret', // set, rotated, bound, revoked (names only)
  'switch', // off, on; killed, revived
  'passcode', // set, failed, locked
  'approver', // added, removed
  'config', // servers added, removed, found changed
  'sync', // enrolled, paused, resumed, left
  'retention', // payloads dropped; their leaves stay
  'export', // records taken out
  'alarm', // tampering found
] as const;
export const recordType = z.enum(RECORD_TYPES);
export type RecordType = z.infer<typeof recordType>;

/** Ways by which people and programs act here. What the daemon does by itself has none. */
export type Via =
  /** A window of the app. */
  | 'window'
  /** A page of the interface in a browser. */
  | 'browser'
  /** A program of the account over the control socket: the command line, or another one. */
  | 'control'
  /** The terminal where the passcode was typed: the daemon's own, or one that answered. */
  | 'terminal'
  /** Another person's device. */
  | 'countersignature'
  /** A configuration or policy file that was edited by hand. */
  | 'file'
  /** The daemon puts right what it found damaged. */
  | 'recovery';

/** What a caller gives; the audit service adds id, time and sequence, masks the payload and makes the leaf. */
export const recordDraft = z.object({
  type: recordType,
  /** What happened within the type: `opened`, `approved`, `ok`, `error`, `unknown`… */
  event: z.string(),
  session: id.optional(),
  client: clientInfo.optional(),
  server: z.string().optional(),
  method: z.string().optional(),
  tool: z.string().optional(),
  /** Joins intent, asked, answered and outcome of one call. */
  call: id.optional(),
  ask: id.optional(),
  class: toolClass.optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  rule: ruleRef.optional(),
  reason: z.string().optional(),
  code: errorCode.optional(),
  /** Who asked, answered or acted: the person's account name. */
  person: z.string().optional(),
  /** By which way: a `Via`. */
  via: z.string().optional(),
  durationMs: z.number().nonnegative().optional(),
  /** Which model called; absent when the client does not reveal it. */
  model: revealedModel.optional(),
  /** What the person had asked for; absent when the client does not reveal it. */
  prompt: revealedPrompt.optional(),
  /** Ids that clients and services gave it: what joins it to their logs. */
  ids: foreignIds.optional(),
  /** Digests a row elsewhere must match (consent, pin, policy): name to digest. */
  digests: z.record(z.string(), digest).optional(),
  /** Small facts, shown as they are; never secrets. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type RecordDraft = z.infer<typeof recordDraft>;

const payloadKind = z.enum([
  'arguments',
  'result',
  'prompt', // what a person had asked of a client
  'subject', // what a person was asked about, or what was changed, with before and after
]);

/** Raw bytes that belong to a record: masked, compressed and stored apart from the leaf. */
export interface Payload {
  readonly kind: z.infer<typeof payloadKind>;
  readonly bytes: Uint8Array;
}

/** What a leaf says of its payload, so that masking cannot hide which payload it was (SECURITY.md rule 17). */
export const payloadSeal = z.object({
  kind: payloadKind,
  /** Length of the raw bytes. */
  bytes: z.int(),
  /**
   * HMAC-SHA-256 of the payload as it was kept, hexadecimal, under a key of its own that lies beside it: whoever has the
   * payload can prove it, and once it is dropped nobody can guess it from the leaf. Absent when nothing was kept.
   */
  kept: z.string().optional(),
  /** The raw bytes under the device's MAC key; absent when they were kept whole. */
  raw: z.string().optional(),
  /** Spans in code units of the decoded leaf or key. The rule `not-searched`: it is no text, and was not kept. */
  masked: z.array(z.object({ pointer: z.string(), rule: z.string(), start: z.int(), length: z.int() })),
});
export type PayloadSeal = z.infer<typeof payloadSeal>;

/** A record as kept: the leaf is its RFC 8785 canonical JSON. */
export const record = recordDraft.extend({
  id,
  at: timestamp,
  payload: payloadSeal.optional(),
});
export type LedgerRecord = z.infer<typeof record>;

/** A record with its place in the tree and its masked payload, as a reader sees it. */
export const recordView = record.extend({
  /** Index of the leaf in the tree, from 0. */
  seq: z.int().nonnegative(),
  payloadText: z.string().nullable(),
});
export type RecordView = z.infer<typeof recordView>;

/**
 * Where a record belongs: the server, and its tool, the definition or the method it is about; where an export goes; empty
 * when it is about none.
 */
export function recordPlace({ type, server, tool, method, detail }: RecordView): string {
  if (type === 'export') return String(detail?.to ?? detail?.as ?? '');
  const definition = type === 'pin' && detail?.kind !== undefined ? `${detail.kind} ${detail.name}` : undefined;
  return [server, tool ?? definition ?? method].filter((part) => part !== undefined).join(' › ');
}
