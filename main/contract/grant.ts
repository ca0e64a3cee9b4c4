/** Grants: standing approvals a person gave with an answer, narrow and with an end (PRODUCT.md Y5). */
import { z } from 'zod';
import { digest, id, timestamp } from './names.ts';
import { toolClass } from './tool.ts';
import { ruleRef } from './verdict.ts';

/** Methods that ask a server for content (MCP: resources, prompts, completion). */
export const contentRequest = z.enum(['resources/read', 'prompts/get', 'completion/complete']);

/** How long a grant lives. None outlives a change of the consent, the definition or the class. */
export const grantLife = z.discriminatedUnion('kind', [
  /** Until the session that asked is over. */
  z.object({ kind: z.literal('session') }),
  /** For sessions of the same client program too. */
  z.object({ kind: z.literal('minutes'), minutes: z.int().min(1).max(60) }),
  /** So many further calls of the session that asked. */
  z.object({ kind: z.literal('uses'), uses: z.int().min(1).max(20) }),
]);
export type GrantLife = z.infer<typeof grantLife>;

/** Which calls of the tool a grant covers. */
export const grantReach = z.discriminatedUnion('kind', [
  /** Exactly the bytes of the arguments that were shown. */
  z.object({ kind: z.literal('same') }),
  /** Every path inside this folder (absolute, links resolved); text may differ, everything else is as it was shown. */
  z.object({ kind: z.literal('folder'), folder: z.string() }),
  /** Whatever the arguments are. */
  z.object({ kind: z.literal('any') }),
]);
export type GrantReach = z.infer<typeof grantReach>;

/** What a person may choose from besides "once"; part of what an answer binds to. */
export const grantOffers = z.object({ lives: z.array(grantLife), reaches: z.array(grantReach) });
export type GrantOffers = z.infer<typeof grantOffers>;

/** One choice out of the offers. */
export const grantChoice = z.object({ life: grantLife, reach: grantReach });
export type GrantChoice = z.infer<typeof grantChoice>;

/** A grant in force, as it is listed and as it is sealed. */
export const grant = z.object({
  id,
  server: z.string(),
  /** What it is good for when that is no tool; then `tool` is the URI or the prompt's name. */
  request: contentRequest.optional(),
  tool: z.string(),
  /** Of the calls it covers. */
  class: toolClass,
  /** What the tool is pinned as, where arguments made more of the call than that. */
  pinnedAs: toolClass.optional(),
  launchDigest: digest,
  definitionDigest: digest,
  life: grantLife,
  reach: grantReach,
  /** The session it is good for; null when it is good for every session of `program`. */
  session: id.nullable(),
  program: z.string().nullable(),
  /** Null for those that end with their session. */
  until: timestamp.nullable(),
  /** Digest of what every covered call has in common; null when the arguments do not matter. */
  binding: digest.nullable(),
  used: z.int().nonnegative(),
  lastUsedAt: timestamp.nullable(),
  /** Who gave it, when, and with the answer to which ask. */
  person: z.string(),
  givenAt: timestamp,
  ask: id,
  /** Why: what was asked about then, and the rule that asked. */
  effect: z.string(),
  rule: ruleRef,
});
export type Grant = z.infer<typeof grant>;
