/** Proofs that leave the device: what `countersign-verify` takes besides a database. */
import { z } from 'zod';
import type { LedgerRecord } from './record.ts';

/** RFC 4648 section 4, padded. */
const base64 = z.string();

export const PROOF_FORMAT = 'countersign.dev/proof/1';
export const CONSISTENCY_FORMAT = 'countersign.dev/consistency/1';

/** That a record is in the ledger whose head is signed (RFC 6962 section 2.1.1). */
export const recordProof = z.object({
  format: z.literal(PROOF_FORMAT),
  /** The leaf is its RFC 8785 canonical JSON: nothing may be taken out of it, so its members are not looked at. */
  record: z.custom<LedgerRecord>((value) => typeof value === 'object' && value !== null),
  /** Index of the leaf, from 0. */
  seq: z.int().nonnegative(),
  /** The audit path, nearest sibling first. */
  path: z.array(base64),
  /** The signed note of the head that covers it. */
  checkpoint: z.string(),
  /** What was kept of the payload, with the key under which the leaf speaks of it; null when nothing is kept. */
  payload: z.object({ key: base64, bytes: base64 }).nullable(),
});
export type RecordProof = z.infer<typeof recordProof>;

/** That the ledger of one signed head is the beginning of that of another (RFC 6962 section 2.1.2). */
export const consistencyProofText = z.object({
  format: z.literal(CONSISTENCY_FORMAT),
  from: z.string(),
  to: z.string(),
  path: z.array(base64),
});
export type ConsistencyProofText = z.infer<typeof consistencyProofText>;

/** What others note down to prove this device's ledger later. */
export const ledgerIdentity = z.object({
  /** The device's public key as `countersign-verify --key` takes it (c2sp.org/signed-note). */
  key: z.string(),
  /** The public key, base64, that signed the first head; what `--first` takes. */
  first: z.string(),
  /** The newest signed head; null before the first. What `--witness` takes. */
  checkpoint: z.string().nullable(),
});
export type LedgerIdentity = z.infer<typeof ledgerIdentity>;

/** What came of checking a proof. */
export const proofReport = z.object({ ok: z.boolean(), message: z.string() });
export type ProofReport = z.infer<typeof proofReport>;
