/** Sending the ledger to a collector: what leaves the machine, and how far it has come. */
import { z } from 'zod';
import { refusalSchema } from './errors.ts';
import { id, timestamp } from './names.ts';
import { toolClass } from './tool.ts';

/**
 * `everything`: the leaf and its masked payload. `facets`: who, what, when and the verdict, no arguments or results.
 * `hash`: the leaf's hash alone, so that nothing can be left out unseen.
 */
export const syncForm = z.enum(['everything', 'facets', 'hash']);
export type SyncForm = z.infer<typeof syncForm>;

/** What is sent of records about calls of each class, and of all others. */
export const syncSending = z.object({
  read: syncForm,
  'read-sensitive': syncForm,
  write: syncForm,
  external: syncForm,
  other: syncForm,
});
export type SyncSending = z.infer<typeof syncSending>;

export const DEFAULT_SENDING: SyncSending = {
  read: 'facets',
  'read-sensitive': 'hash',
  write: 'everything',
  external: 'everything',
  other: 'facets',
};

/** What `facets` says of a record. */
export const syncFacets = z.object({
  id: id.optional(),
  at: timestamp.optional(),
  /** A collector may be older than the device: kinds it does not know are kept as they are. */
  type: z.string().max(50).optional(),
  event: z.string().max(200).optional(),
  session: id.optional(),
  call: id.optional(),
  client: z.string().max(200).optional(),
  server: z.string().max(200).optional(),
  method: z.string().max(200).optional(),
  tool: z.string().max(200).optional(),
  class: toolClass.optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  rule: z.string().max(200).optional(),
  code: z.string().max(50).optional(),
  person: z.string().max(200).optional(),
  via: z.string().max(200).optional(),
});
export type SyncFacets = z.infer<typeof syncFacets>;

/** A record of this ledger as it would be sent. */
export const syncSample = z.object({ seq: z.int().nonnegative(), form: syncForm, json: z.string() });

/** What a person agrees to before anything is sent. */
export const enrolSubject = z.object({
  kind: z.literal('enrol'),
  url: z.url(),
  /** The collector's key as the code names it: receipts count under no other. */
  cosigner: z.string(),
  sending: syncSending,
  /** Records that wait to be sent. */
  records: z.int().nonnegative(),
  samples: z.array(syncSample),
});

/** Sending less than was agreed to, or nothing: the collector then no longer witnesses this ledger. */
export const unsyncSubject = z.object({
  kind: z.literal('unsync'),
  what: z.enum(['pause', 'leave']),
  organisation: z.string(),
  url: z.string(),
  /** Records that the collector does not have yet. */
  waiting: z.int().nonnegative(),
});

export const syncState = z.enum(['off', 'idle', 'sending', 'waiting', 'paused', 'stopped']);

export const syncStatus = z.object({
  /** `waiting`: tries again by itself. `stopped`: needs a person. */
  state: syncState,
  url: z.string().nullable(),
  organisation: z.string().nullable(),
  device: id.nullable(),
  sending: syncSending.nullable(),
  /** Records here, and of these those the collector has given a receipt for. */
  records: z.int().nonnegative(),
  received: z.int().nonnegative(),
  /** Age of the oldest record without a receipt, seconds; 0 when there is none. */
  lag: z.number().nonnegative(),
  /** Up to where the collector has cosigned a head of this ledger, and when. */
  witnessed: z.object({ size: z.int(), at: timestamp, by: z.string() }).nullable(),
  lastAt: timestamp.nullable(),
  /** When it tries again. */
  nextAt: timestamp.nullable(),
  problem: refusalSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

/** A device's place with its collector, as a person agreed to it. */
export const syncEnrolment = z.object({
  url: z.string(),
  device: z.string(),
  organisation: z.string(),
  cosigner: z.string(),
  sending: syncSending,
  person: z.string(),
  at: timestamp,
});
export type SyncEnrolment = z.infer<typeof syncEnrolment>;
