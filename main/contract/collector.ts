/**
 * The collector's HTTP interface, once: path → input, output, and who may call it. `collector/http` serves it, the
 * daemon and the console call it. Bytes are base64; hashes are SHA-256.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bytes32, id, timestamp } from './names.ts';
import { recordType } from './record.ts';
import { syncFacets, syncSending } from './sync.ts';
import { toolClass } from './tool.ts';

/** How a caller proves itself. A procedure that says nothing is for nobody. */
export type CallerKind = 'code' | 'bootstrap' | 'device' | 'operator' | 'token' | 'nobody';

const route = oc.$meta<{ caller: CallerKind }>({ caller: 'nobody' });
const byDevice = route.meta({ caller: 'device' });
const byOperator = route.meta({ caller: 'operator' });
const done = z.object({});

/** At most so many records, and so many bytes before compression, in one batch. */
export const BATCH_RECORDS = 1000;
export const BATCH_BYTES = 8 * 1024 * 1024;

const proof = z.array(bytes32).max(128);
const seq = z.int().nonnegative();
/** As far as PostgreSQL's whole numbers go. */
const epoch = z.int().min(1).max(0x7fffffff);
/** Text that a database takes and a page shows: neither NUL nor half of a pair. */
const plain = z.string().refine((text) => !text.includes('\0') && text.isWellFormed());

/** One leaf: everything, a few facts of it, or its hash alone. */
export const sentRecord = z.union([
  z.object({
    /** The leaf's exact text. */
    leaf: z.string().max(BATCH_BYTES),
    /** What was kept of its payload, base64, with the key that proves it belongs to the leaf. */
    payload: z.object({ key: bytes32, body: z.base64() }).optional(),
  }),
  z.object({ hash: bytes32, facets: syncFacets.optional() }),
]);
export type SentRecord = z.infer<typeof sentRecord>;

const text = z.string().optional();
/** As much of a leaf's record as a collector reads: whatever a newer device says besides is kept, not judged. */
export const readableLeaf = z.looseObject({
  id: z.string(),
  at: z.string(),
  type: z.string(),
  event: z.string(),
  session: text,
  call: text,
  server: text,
  method: text,
  tool: text,
  code: text,
  person: text,
  via: text,
  class: toolClass.optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  client: z.looseObject({ name: z.string().nullable().optional() }).optional(),
  rule: z.looseObject({ id: z.string() }).optional(),
  payload: z.looseObject({ kept: text }).optional(),
});

export const syncBatch = z.object({
  /** That of the newest answer: one that comes late, or twice, is known by it. */
  turn: z.int().nonnegative(),
  epoch,
  /** Sequence of the first record. */
  from: seq,
  records: z.array(sentRecord).max(BATCH_RECORDS),
  /** A signed head that covers all of them. */
  note: z.string().max(4096),
  /** That the tree behind the last record begins the head's tree (RFC 6962, 2.1.2). */
  position: proof,
  /** That the newest head the collector has seen begins this one; null when there is none. */
  since: z.object({ size: seq, proof }).nullable(),
  /** What is sent of which class, so that reviewers know what they do not see. */
  sending: syncSending,
});
export type SyncBatch = z.infer<typeof syncBatch>;

/** What the collector has of a device. */
export const deviceHead = z.object({
  /** Counts what was taken in: the next batch names it. */
  turn: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  /** Records it has, from the first. */
  size: seq,
  /** Size of the newest head it has seen; that may cover more. */
  seen: seq,
  /** That head, cosigned: the receipt. Null before the first. */
  receipt: z.string().nullable(),
  /** The collector's signature over `receivedText`: a head may cover more than it has. */
  signature: z.base64().length(88),
});
export type DeviceHead = z.infer<typeof deviceHead>;

/** What the collector signs of how much it has of a device, as enrolled. */
export function receivedText(device: string, { epoch, size }: Pick<DeviceHead, 'epoch' | 'size'>): string {
  return `countersign-received/v1\n${device}\n${epoch}\n${size}\n`;
}

export const breakKind = z.enum(['altered', 'truncated', 'new-epoch', 'payload', 'reported']);
/** Where a device's records did not continue what had been seen. */
export const continuityBreak = z.object({
  id,
  device: id,
  deviceName: z.string(),
  kind: breakKind,
  epoch: z.int(),
  /** The first record that is known not to fit. */
  seq: seq.nullable(),
  message: z.string(),
  at: timestamp,
  /** The head that was seen before, and the one that was shown then: both signed by the device. */
  known: z.string().nullable(),
  shown: z.string().nullable(),
});
export type ContinuityBreak = z.infer<typeof continuityBreak>;

export const fleetDevice = z.object({
  id,
  name: z.string(),
  ledgerKey: z.string(),
  enrolledAt: timestamp,
  revokedAt: timestamp.nullable(),
  lastSeenAt: timestamp.nullable(),
  epoch: z.int(),
  size: seq,
  seen: seq,
  /** Newest head's time as the collector received it. */
  receivedAt: timestamp.nullable(),
  sending: syncSending.nullable(),
  /** Nothing more is taken until the device is enrolled anew. */
  broken: z.boolean(),
  breaks: z.int(),
  /** Of which kinds those are. */
  broke: z.array(breakKind),
});
export type FleetDevice = z.infer<typeof fleetDevice>;

export const fleetQuery = z.object({
  words: z.string().max(500).optional(),
  device: id.optional(),
  type: recordType.optional(),
  server: z.string().max(100).optional(),
  tool: z.string().max(200).optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const fleetRecord = z.object({
  device: id,
  deviceName: z.string(),
  epoch: z.int(),
  seq,
  /** What the collector was given of it. */
  form: z.enum(['everything', 'facets', 'hash']),
  facets: syncFacets,
  /** The leaf as it was signed; null when it was kept back. */
  leaf: z.string().nullable(),
  payload: z.string().nullable(),
  receivedAt: timestamp,
});
export type FleetRecord = z.infer<typeof fleetRecord>;
/** Newest first; `next` goes on behind the last one, null at the end. */
export const fleetPage = z.object({ records: z.array(fleetRecord), next: z.string().nullable() });

/** Characters of a device's name. */
export const LONGEST_NAME = 80;
const deviceName = plain.min(1).max(LONGEST_NAME);
export const enrolment = z.object({
  code: z.string().max(200),
  name: deviceName,
  /** The ledger's key, in the form of c2sp.org/signed-note. */
  ledgerKey: z.string().max(300),
  /** The key that will sign requests: Ed25519, raw. */
  requestKey: bytes32,
  /** The ledger key's signature over `enrolmentText`. */
  proof: z.base64().length(88),
});
export type Enrolment = z.infer<typeof enrolment>;

/** What both keys of an enrolment are bound to the code by. */
export function enrolmentText({ code, requestKey }: Pick<Enrolment, 'code' | 'requestKey'>): string {
  return `countersign-enrolment/v1\n${code}\n${requestKey}\n`;
}

export const enrolled = z.object({
  /** The organisation, and the device in it: what names the key of its requests. */
  device: z.templateLiteral([id, '/', id]),
  organisation: deviceName,
  cosigner: z.string().max(300),
});

export const operator = z.object({ organisation: z.string(), name: z.string() });
export const token = z.object({ token: z.string() });

export const collectorApi = {
  setup: route
    .meta({ caller: 'bootstrap' })
    .route({ method: 'POST', path: '/setup', summary: 'Found the first organisation' })
    .input(z.object({ bootstrap: z.string().max(200), organisation: deviceName, name: deviceName }))
    .output(token),
  session: {
    open: route
      .meta({ caller: 'token' })
      .route({ method: 'POST', path: '/session', summary: 'Sign in' })
      .input(z.object({ token: z.string().max(200) }))
      .output(operator),
    get: byOperator.route({ method: 'GET', path: '/session', summary: 'Who is signed in' }).output(operator),
    close: byOperator.route({ method: 'DELETE', path: '/session', summary: 'Sign out' }).output(done),
  },
  device: {
    enrol: route
      .meta({ caller: 'code' })
      .route({ method: 'POST', path: '/enrolment', summary: 'Enrol a device with a one-time code' })
      .input(enrolment)
      .output(enrolled),
    head: byDevice
      .route({ method: 'GET', path: '/device/head', summary: 'What the collector has of this device' })
      .output(deviceHead),
    send: byDevice
      .route({ method: 'POST', path: '/device/batches', summary: 'Hand records over; the answer is the receipt' })
      .input(syncBatch)
      .output(deviceHead),
    /** The device has found a fault in what it had sent before. */
    report: byDevice
      .route({ method: 'POST', path: '/device/faults', summary: 'Report a fault found on the device' })
      .input(z.object({ epoch, seq, message: plain.max(500) }))
      .output(done),
    rotate: byDevice
      .route({ method: 'POST', path: '/device/key', summary: 'Sign requests with another key from now on' })
      .input(z.object({ requestKey: bytes32 }))
      .output(done),
  },
  fleet: {
    /** A code that enrols one device within the time given. */
    code: byOperator
      .route({ method: 'POST', path: '/codes', summary: 'Make an enrolment code' })
      .input(z.object({ minutes: z.int().min(1).max(1440).default(30) }))
      .output(z.object({ code: z.string(), until: timestamp })),
    devices: byOperator
      .route({ method: 'GET', path: '/devices', summary: 'Every device and how it stands' })
      .output(z.array(fleetDevice)),
    revoke: byOperator
      .route({ method: 'POST', path: '/devices/{id}/revoke', summary: 'Take nothing more from a device' })
      .input(z.object({ id }))
      .output(done),
    breaks: byOperator
      .route({ method: 'GET', path: '/breaks', summary: 'Where continuity broke, newest first' })
      .output(z.array(continuityBreak)),
    search: byOperator
      .route({ method: 'GET', path: '/records', summary: 'Search across devices' })
      .input(fleetQuery)
      .output(fleetPage),
  },
};
export type CollectorApi = typeof collectorApi;
