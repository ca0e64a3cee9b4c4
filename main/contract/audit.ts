/** Searching and proving the ledger. */
import { z } from 'zod';
import { id, timestamp } from './names.ts';
import { recordType, recordView } from './record.ts';

/** A search without its paging. */
export const auditSearch = z.object({
  /** What a person wrote (`docs/search.md`): narrows beside the rest. */
  text: z.string().max(2000).optional(),
  /** Words that all occur in the record or its payload. */
  words: z.string().optional(),
  type: recordType.optional(),
  server: z.string().optional(),
  tool: z.string().optional(),
  session: id.optional(),
  call: id.optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  after: timestamp.optional(),
  before: timestamp.optional(),
});

export const auditQuery = auditSearch.extend({
  /** Newest first; records with a sequence below this one. */
  cursor: z.int().optional(),
  limit: z.int().min(1).max(500).default(100),
});
export type AuditQuery = z.input<typeof auditQuery>;

/** So many of the records that were asked about were not looked at, since the word index does not have them yet; absent for none. */
const unindexed = z.int().optional();

export const auditPage = z.object({
  records: z.array(recordView),
  next: z.int().nullable(),
  total: z.int(),
  /** True when there may be more than `total`: counting ended there. */
  atLeast: z.boolean(),
  unindexed,
});
export type AuditPage = z.infer<typeof auditPage>;

/** The ledger as it was with so many records, and the time that `2h` or `yesterday` are said at. */
export const auditMoment = z.object({ size: z.int().nonnegative(), time: timestamp });
export type AuditMoment = z.infer<typeof auditMoment>;

/** A search as a table: the newest record that fits is row 0, now or as of a moment. */
const auditTable = auditSearch.extend({ asOf: auditMoment.optional() });

export const auditRowsQuery = auditTable.extend({
  offset: z.int().nonnegative().default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type AuditRowsQuery = z.input<typeof auditRowsQuery>;

export const auditRows = z.object({
  /** From the row that was asked for on; fewer where the counting has not come so far. */
  records: z.array(recordView),
  /** Asked for again as of then, a row has the same record. */
  asOf: auditMoment,
  /** Rows that were counted: all of them when `whole`, otherwise asking again counts on. */
  total: z.int(),
  whole: z.boolean(),
  /** How many there are, if those that were not counted lie as closely as those that were. */
  estimate: z.int(),
  unindexed,
});
export type AuditRows = z.infer<typeof auditRows>;

/** Where somebody wants to go. */
export const auditPlace = z.union([
  z.object({ record: id }),
  /** As the search takes it: `yesterday`, `2h`, `2026-11-01T12:30`. A day is gone to at its end. */
  z.object({ time: z.string().max(100) }),
]);
export type AuditPlace = z.infer<typeof auditPlace>;

export const auditRowQuery = auditTable.extend({ to: auditPlace });
export type AuditRowQuery = z.input<typeof auditRowQuery>;

/** The first row that is not newer than the place; until it is `reached`, how far the counting has come: asking again counts on. */
export const auditRow = z.object({ row: z.int(), reached: z.boolean() });
export type AuditRow = z.infer<typeof auditRow>;

export const verifyReport = z.object({
  ok: z.boolean(),
  /** Up to where a collector has cosigned this very beginning; absent where none has. */
  witnessed: z.object({ size: z.int(), at: timestamp, by: z.string() }).optional(),
  /** Leaves read. */
  records: z.int(),
  /** Leaves covered by the newest checkpoint whose signature holds. */
  signed: z.int(),
  checkpoints: z.int(),
  root: z.string().nullable(),
  /** The public key, base64, that signed the first checkpoint: noted down elsewhere, it shows an exchanged beginning. */
  first: z.string().nullable(),
  /** Where the ledger went on after it had lost something: each epoch with the size of its first checkpoint. */
  epochs: z.array(z.object({ epoch: z.int(), size: z.int() })),
  /** The first thing that does not fit. */
  fault: z
    .object({
      seq: z.int().nullable(),
      record: z.string().nullable(),
      kind: z.enum([
        'altered',
        'missing',
        'inserted',
        'reordered',
        'truncated',
        'payload',
        'signature',
        'index',
        'unreadable',
      ]),
      message: z.string(),
    })
    .nullable(),
});
export type VerifyReport = z.infer<typeof verifyReport>;
