/** Taking records out of the ledger, each with the proof that it is in it. */
import { z } from 'zod';
import { auditSearch } from './audit.ts';
import { id } from './names.ts';
import { recordProof } from './proof.ts';

export const EXPORT_FORMAT = 'countersign.dev/export/1';

const seq = z.int().nonnegative();
export type ExportQuery = z.infer<typeof auditSearch>;

/** The first line of an export, and of each part that was added when it was resumed. */
export const exportHeader = z.object({
  format: z.literal(EXPORT_FORMAT),
  /** The device's public key as `countersign-verify --key` takes it. */
  key: z.string(),
  /** The public key, base64, that signed the ledger's first head. */
  first: z.string(),
  /** The signed note of the head that covers every record of this part. */
  checkpoint: z.string(),
  /** What was searched for; null when nothing was left out. */
  query: auditSearch.nullable(),
  /** Records of this part have this sequence or a later one. */
  from: seq,
});
export type ExportHeader = z.infer<typeof exportHeader>;

/** A line of an export: a proof without what the header says. */
export const exportLine = recordProof.omit({ format: true, checkpoint: true });
export type ExportLine = z.infer<typeof exportLine>;

export const exportRequest = z.object({
  query: auditSearch.default({}),
  /** The oldest first, from this sequence on. */
  from: seq.default(0),
  /** What is made of the records and where it goes, as whoever takes them says: for the record. */
  as: z.enum(['jsonl', 'csv', 'ocsf', 'otlp']),
  to: z.string().max(500).optional(),
});
export type ExportRequest = z.input<typeof exportRequest>;

/** An export that is on record: its pages are asked for by that record. */
export const exportBegun = z.object({
  export: id,
  header: exportHeader,
  /** Records that the head covers: how far there is to go. */
  size: seq,
});
export type ExportBegun = z.infer<typeof exportBegun>;

export const exportPageRequest = z.object({
  export: id,
  from: seq,
  limit: z.int().min(1).max(500).default(200),
});
export type ExportPageRequest = z.input<typeof exportPageRequest>;

export const exportPage = z.object({
  lines: z.array(exportLine),
  /** Where to go on; null at the end. */
  next: seq.nullable(),
});
export type ExportPage = z.infer<typeof exportPage>;
