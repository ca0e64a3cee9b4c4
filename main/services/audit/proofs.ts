/** Proofs about single records and about heads: made by the device, checked by anyone with its public key. */
import { Refused } from '../../contract/errors.ts';
import {
  CONSISTENCY_FORMAT,
  type ConsistencyProofText,
  PROOF_FORMAT,
  type ProofReport,
  type RecordProof,
} from '../../contract/proof.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { fromBase64, toBase64 } from '../../core/ledger/base64.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { leafHash } from '../../core/ledger/merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from '../../core/ledger/proof.ts';
import type { LedgerKey, SignedHead } from './ledgerKey.ts';
import { sealHolds } from './payloadSeal.ts';
import type { LedgerCrypto, LedgerSource, LedgerStore } from './ports.ts';
import { readLeaf } from './storedLeaf.ts';
import { storedPayload } from './storedPayload.ts';
import { storedNodes } from './storedTree.ts';

export interface ProofDeps {
  readonly store: LedgerStore;
  readonly crypto: Pick<LedgerCrypto, 'sha256'>;
  readonly key: LedgerKey;
}

/** The proof that a record is covered by the newest head. Throws NOT_FOUND for an unknown record, or one that no head covers yet. */
export function proveRecord({ store, crypto, key }: ProofDeps, source: LedgerSource, id: string): RecordProof {
  const row = store.record(id);
  const record = row && readLeaf(row.leaf);
  const note = store.lastCheckpoint()?.note;
  const head = note === undefined ? null : key.open(note);
  if (!row || !record) throw new Refused('NOT_FOUND', id);
  if (note === undefined || head === null || head.size <= row.seq)
    throw new Refused('NOT_FOUND', `no signed head covers record ${row.seq} yet`);
  const payload = storedPayload(source, row.seq);
  return {
    format: PROOF_FORMAT,
    record,
    seq: row.seq,
    path: inclusionProof(crypto.sha256, storedNodes(store), row.seq, head.size).map(toBase64),
    checkpoint: note,
    payload: payload ? { key: toBase64(payload.key), bytes: toBase64(payload.bytes) } : null,
  };
}

/** The proof that the ledger of an earlier head is the beginning of this one. Throws INPUT_INVALID for a head that this device did not sign. */
export function proveConsistency({ store, crypto, key }: ProofDeps, earlier: string): ConsistencyProofText {
  const from = key.open(earlier);
  if (from === null) throw new Refused('INPUT_INVALID', 'the note is not a head that this device signed');
  const to = store.lastCheckpoint()?.note;
  const head = to === undefined ? null : key.open(to);
  if (to === undefined || head === null || head.size < from.size)
    throw new Refused('DATABASE_TAMPERED', `the ledger has no signed head over ${from.size} records`);
  const path = consistencyProof(crypto.sha256, storedNodes(store), from.size, head.size);
  return { format: CONSISTENCY_FORMAT, from: earlier, to, path: path.map(toBase64) };
}

type Checker = Pick<LedgerCrypto, 'sha256' | 'hmac'>;

/** Whether the proof holds under this device's key, in a sentence for a person. */
export function checkRecordProof(crypto: Checker, key: LedgerKey, proof: RecordProof): ProofReport {
  const head = key.open(proof.checkpoint);
  if (head === null) return failed('The head in it was not signed with this key.');
  const fault = faultUnderHead(crypto, head, proof);
  if (fault !== null) return failed(fault);
  const said = proof.payload === null ? '' : ' with this payload';
  return {
    ok: true,
    message: `Record ${proof.seq}${said} is one of the first ${head.size} records that this device signed.`,
  };
}

/** What of a record and its payload this head does not prove, in a sentence; null when it proves all of it. */
export function faultUnderHead(
  crypto: Checker,
  head: SignedHead,
  { record, seq, path, payload }: Omit<RecordProof, 'format' | 'checkpoint'>,
): string | null {
  const nodes = path.map(fromBase64);
  if (!whole(nodes)) return 'Its path is not base64.';
  const leaf = leafOf(record);
  if (leaf === null) return 'The record has no canonical form, so it was never signed.';
  if (!verifyInclusion(crypto.sha256, leafHash(crypto.sha256, leaf), seq, head.size, nodes, head.root))
    return `The record is not the one at place ${seq} of the signed ledger.`;
  const kept = payload && opened(payload);
  if (kept !== null && (!record.payload || !kept || !sealHolds(record.payload, kept, crypto.hmac)))
    return 'The payload is not the one that the record speaks of.';
  return null;
}

/** As `checkRecordProof`, for two heads. */
export function checkConsistencyProof(crypto: Checker, key: LedgerKey, proof: ConsistencyProofText): ProofReport {
  const [from, to] = [key.open(proof.from), key.open(proof.to)];
  const path = proof.path.map(fromBase64);
  if (from === null || to === null) return failed('One of its heads was not signed with this key.');
  if (!whole(path)) return failed('Its path is not base64.');
  if (!verifyConsistency(crypto.sha256, from.size, from.root, to.size, to.root, path))
    return failed(`The ledger of ${from.size} records is not the beginning of the one of ${to.size}.`);
  return { ok: true, message: `The first ${from.size} of ${to.size} records are those that were signed before.` };
}

/** The leaf of a record that somebody else wrote down; null when it has none, as with half a character in it, or when it is too deep. */
function leafOf(record: LedgerRecord): Uint8Array | null {
  try {
    return encodeLeaf(record);
  } catch {
    return null;
  }
}

function failed(message: string): ProofReport {
  return { ok: false, message };
}

function whole(path: readonly (Uint8Array | null)[]): path is Uint8Array[] {
  return path.every((node) => node !== null);
}

function opened(payload: { key: string; bytes: string }): { key: Uint8Array; bytes: Uint8Array } | undefined {
  const [key, bytes] = [fromBase64(payload.key), fromBase64(payload.bytes)];
  return key === null || bytes === null ? undefined : { key, bytes };
}
