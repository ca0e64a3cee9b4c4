/** Taking records out, the oldest first, each with its proof. */
import { Refused } from '../../contract/errors.ts';
import { EXPORT_FORMAT, type ExportHeader, type ExportLine, type ExportPage } from '../../contract/export.ts';
import type { SearchPlan } from '../../contract/search.ts';
import { toBase64 } from '../../core/ledger/base64.ts';
import { inclusionProof } from '../../core/ledger/proof.ts';
import type { LedgerSource } from './ports.ts';
import type { ProofDeps } from './proofs.ts';
import { readLeaf } from './storedLeaf.ts';
import { storedNodes } from './storedTree.ts';

export interface ExportRequest {
  readonly query: NonNullable<ExportHeader['query']>;
  readonly plan: SearchPlan;
  readonly from: number;
  readonly limit: number;
  /** The head that proves what is exported. */
  readonly checkpoint: string;
  /** The public key, base64, that signed the first head. */
  readonly first: string;
}

/** A page of an export. Rejects with INPUT_INVALID for a head that this device did not sign. */
export async function exportRecords(
  { store, crypto, key }: ProofDeps,
  source: LedgerSource,
  { query, plan, from, limit, checkpoint, first }: ExportRequest,
): Promise<ExportPage> {
  const head = key.open(checkpoint);
  if (head === null || head.size > store.size())
    throw new Refused('INPUT_INVALID', 'the note is not a head of this ledger');
  const { seqs, next } = await store.oldest({ plan, from, limit });
  const read = storedNodes(store);
  const lines = seqs.flatMap((seq): ExportLine[] => {
    const [row] = source.records(seq, 1);
    const record = row?.seq === seq && seq < head.size ? readLeaf(row.leaf) : null;
    if (record === null) return [];
    const payload = source.payload(seq);
    return [
      {
        seq,
        record,
        path: inclusionProof(crypto.sha256, read, seq, head.size).map(toBase64),
        payload: payload ? { key: toBase64(payload.key), bytes: toBase64(payload.bytes) } : null,
      },
    ];
  });
  const whole = Object.keys(query).length === 0;
  return {
    header: {
      format: EXPORT_FORMAT,
      key: key.verifierKey(),
      first,
      checkpoint,
      query: whole ? null : query,
      from,
    },
    lines,
    next: next !== null && next < head.size ? next : null,
    size: head.size,
  };
}
