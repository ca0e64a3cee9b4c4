/** Asks: questions to a person. An approval is the positive answer, bound by hash to what was shown. */
import { z } from 'zod';
import { fileChange } from './change.ts';
import { leaveSubject, projectSubject, protectSubject, unprotectSubject } from './client.ts';
import { contentRequest, grantChoice, grantOffers } from './grant.ts';
import { launch, launchDifference, launchFinding } from './launch.ts';
import { digest, id, name, timestamp } from './names.ts';
import { packageTruth } from './package.ts';
import { passcodeProof } from './passcodeProof.ts';
import { strictness } from './personProof.ts';
import { retentionLimits } from './retention.ts';
import { secretScope } from './secret.ts';
import { clientInfo } from './server.ts';
import { switchScope } from './switch.ts';
import { enrolSubject, unsyncSubject } from './sync.ts';
import { definitionKind, toolClass, toolFinding } from './tool.ts';
import { ruleRef } from './verdict.ts';

/** One argument, drawn from the bytes that will run (SECURITY.md prompt rule 2). */
export const shownArgument = z.object({
  /** JSON pointer. */
  pointer: z.string(),
  /** The value's exact JSON text. */
  json: z.string(),
});
export type ShownArgument = z.infer<typeof shownArgument>;

export const callSubject = z.object({
  kind: z.literal('call'),
  /** What is asked of the server when it is no tool call; then `tool` is the URI or the prompt's name. */
  request: contentRequest.optional(),
  session: id,
  client: clientInfo,
  server: name,
  tool: z.string(),
  class: toolClass,
  /** One sentence, ours: verb, object, place. */
  effect: z.string(),
  arguments: z.array(shownArgument),
  /** What becomes of files, read while it is asked about; absent when the arguments name none that is known. */
  changes: z.array(fileChange).optional(),
  /** Digest of the raw bytes of `params`. */
  bytesDigest: digest,
  definitionDigest: digest,
  launchDigest: digest,
  reasons: z.array(z.string()),
  undo: z.string(),
  rule: ruleRef,
  /** What the server says of the tool: quoted last, never as fact. */
  serverSays: z.string().nullable(),
  /** What a yes may be widened to; absent when this call is allowed once or not at all. */
  offers: grantOffers.optional(),
});

export const consentSubject = z.object({
  kind: z.literal('consent'),
  server: name,
  launch,
  launchDigest: digest,
  differences: z.array(launchDifference),
  /** A severe one is accepted only by typing the server's name. */
  findings: z.array(launchFinding),
  /** What the registry says of the package, where it was asked. */
  truth: packageTruth.optional(),
});

/** Several launches in one question, each in full. None has a severe finding: those are asked about one by one. */
export const consentsSubject = z.object({
  kind: z.literal('consents'),
  launches: z.array(consentSubject.omit({ kind: true })).min(1),
});

export const pinSubject = z.object({
  kind: z.literal('pin'),
  server: name,
  tools: z.array(
    z.object({
      kind: definitionKind,
      name: z.string(),
      digest,
      class: toolClass,
      was: toolClass.nullable(),
      change: z.enum(['new', 'changed', 'class']),
      definition: z.string(),
      /** The reviewed definition where it differs, so that a person sees the change. */
      pinned: z.string().nullable().optional(),
      /** What each difference could mean, a sentence each; absent when nothing differs. */
      meaning: z.array(z.string()).optional(),
      /** What stands out in the definition; absent when nothing does. */
      findings: z.array(toolFinding).optional(),
    }),
  ),
});

export const secretSubject = z.object({
  kind: z.literal('secret'),
  name,
  /** The value is already with the daemon (terminal), is typed in the approval window, comes from a command, or stays. */
  value: z.enum(['given', 'typed', 'helper', 'kept']),
  replaces: z.boolean(),
  usedBy: z.array(name),
  /** Who gets it from now on. */
  scope: secretScope.optional(),
  /** Names under which the same value is kept already, where the value is known. */
  sameAs: z.array(name).optional(),
  /** The command that makes it, reviewed like a launch. */
  helper: z.object({ launch, launchDigest: digest, findings: z.array(launchFinding) }).optional(),
});

export const policySubject = z.object({
  kind: z.literal('policy'),
  files: z.array(z.object({ file: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  policyDigest: digest,
});

export const switchSubject = z.object({ kind: z.literal('switch'), server: name, on: z.literal(true) });

/** Switching on again what a kill switch stopped. */
export const reviveSubject = z.object({ kind: z.literal('revive'), scope: switchScope });

export const passcodeSubject = z.object({ kind: z.literal('passcode'), replaces: z.boolean() });

/** Asking for less proof of the person than now. */
export const proofSubject = z.object({ kind: z.literal('proof'), from: strictness, to: strictness });

/** Letting another device's countersignature count as a second person's. */
export const approverSubject = z.object({
  kind: z.literal('approver'),
  name: z.string(),
  /** Ed25519 public key, SPKI DER in base64, and its SHA-256: what people compare. */
  key: z.string(),
  fingerprint: z.string(),
});

/** Approving, here, a call that waits on somebody else's device. */
export const countersignSubject = z.object({
  kind: z.literal('countersign'),
  /** The device that asks, by its key; `enrolledAs` when it is an approver here. What it says of itself is a claim. */
  from: z.object({ name: z.string(), fingerprint: z.string(), enrolledAs: z.string().nullable(), person: z.string() }),
  ask: id,
  hash: digest,
  deadline: timestamp,
  call: callSubject,
});

/** Keeping payloads for a while only. */
export const retentionSubject = z.object({
  kind: z.literal('retention'),
  before: retentionLimits,
  after: retentionLimits,
  /** What would be dropped at once. */
  drops: z.object({ payloads: z.int(), bytes: z.int() }),
});

export const askSubject = z.discriminatedUnion('kind', [
  enrolSubject,
  unsyncSubject,
  retentionSubject,
  callSubject,
  consentSubject,
  consentsSubject,
  protectSubject,
  unprotectSubject,
  leaveSubject,
  projectSubject,
  pinSubject,
  secretSubject,
  policySubject,
  switchSubject,
  reviveSubject,
  passcodeSubject,
  proofSubject,
  approverSubject,
  countersignSubject,
]);
export type AskSubject = z.infer<typeof askSubject>;
export type AskKind = AskSubject['kind'];
export type CallSubject = z.infer<typeof callSubject>;

/** `second`: one person said yes, and a second one has to. */
export const askState = z.enum(['open', 'second', 'approved', 'denied', 'timed-out', 'withdrawn']);
export type AskState = z.infer<typeof askState>;

export const askView = z.object({
  id,
  /** Over the canonical form of the subject and the policy version: what an answer binds to. */
  hash: digest,
  subject: askSubject,
  state: askState,
  askedAt: timestamp,
  /** Null for asks that wait for ever (those a person started). */
  deadline: timestamp.nullable(),
  answeredAt: timestamp.nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
  /** How many people have to say yes. */
  approvals: z.int().min(1).max(2),
  /** The first of two who did. */
  first: z.object({ person: z.string(), at: timestamp }).nullable(),
  /** Who asked for it: the person in our own window or page, or a program of the account. Null: a call, by its client. */
  via: z.enum(['window', 'browser', 'control']).nullable(),
  /** Why a yes needs a proof of the person here (the passcode, or the system's authentication), in a sentence; null when it needs none. */
  because: z.string().nullable(),
});
export type AskView = z.infer<typeof askView>;

export const askAnswer = z.object({
  id,
  hash: digest,
  approve: z.boolean(),
  note: z.string().max(2000).optional(),
  /** Of the passcode, for this ask. */
  proof: passcodeProof.optional(),
  /** The system has authenticated the person: only the app can say so, in its window. */
  system: z.literal(true).optional(),
  /** The first passcode, chosen with this very answer: in the app's window, where there is none yet. */
  firstPasscode: z.string().max(1024).optional(),
  /** For a `secret` ask of which the value is typed; for a `passcode` ask the new passcode; for a `consent` with a severe finding the server's name. */
  value: z.string().optional(),
  /** With a yes to a call: the grant chosen from its offers. */
  grant: grantChoice.optional(),
});
export type AskAnswer = z.infer<typeof askAnswer>;
