/** The ledger for whoever hands it on: only what a signed head covers, and so survives a power cut. */
import { toBase64 } from '../../core/ledger/base64.ts';
import { frontierAt, HASH_LENGTH, leafHash, rootOf } from '../../core/ledger/merkle.ts';
import { consistencyProof, sameBytes } from '../../core/ledger/proof.ts';
import type { LedgerKey } from './ledgerKey.ts';
import type { LedgerCrypto, LedgerStore, StoredPayload, StoredRecord } from './ports.ts';
import { storedPayload } from './storedPayload.ts';
import { storedNodes } from './storedTree.ts';

/** A record with what was kept of its payload; null also for one that is damaged. */
export interface OutgoingRecord extends StoredRecord {
  readonly payload: StoredPayload | null;
}

export interface OutgoingHead {
  readonly note: string;
  readonly epoch: number;
  readonly size: number;
}

/** All of it throws `Refused` with AUDIT_UNAVAILABLE or DATABASE_TAMPERED when the database cannot be read. */
export interface OutgoingLedger {
  /** The newest head signed since the ledger was opened, or before in the same epoch; null when there is none. */
  head(): OutgoingHead | null;
  /** The next records from this sequence on. */
  records(from: number, limit: number): OutgoingRecord[];
  /** That the tree of `first` leaves begins that of `second` (RFC 6962, 2.1.2), base64. */
  proof(first: number, second: number): string[];
  /** Root of the tree of the first so many leaves, base64; null when there are not so many. */
  root(size: number): string | null;
  /** The first of these records that is missing, or whose leaf is not the one in the tree; null when all are there. */
  fault(from: number, limit: number): number | null;
}

export function outgoingLedger(
  store: LedgerStore,
  key: LedgerKey,
  { sha256 }: Pick<LedgerCrypto, 'sha256'>,
  epoch: number,
): OutgoingLedger {
  return {
    head() {
      const note = store.lastCheckpoint()?.note;
      const head = note === undefined ? null : key.open(note);
      // A head of an epoch that is over may cover more than there is now.
      return note === undefined || head?.epoch !== epoch ? null : { note, epoch, size: head.size };
    },
    records(from, limit) {
      const source = store.source();
      try {
        return source.records(from, limit).map((row) => ({ ...row, payload: storedPayload(source, row.seq) ?? null }));
      } finally {
        source.close();
      }
    },
    proof: (first, second) => consistencyProof(sha256, storedNodes(store), first, second).map(toBase64),
    root: (size) => (size > store.size() ? null : toBase64(rootOf(sha256, frontierAt(storedNodes(store), size)))),
    fault(from, limit) {
      const rows = store.records(from, limit);
      const wrong = rows.findIndex(({ seq, leaf }, at) => {
        const node = store.nodes(from + at)?.subarray(0, HASH_LENGTH);
        return seq !== from + at || node === undefined || !sameBytes(node, leafHash(sha256, leaf));
      });
      if (wrong >= 0) return from + wrong;
      return rows.length < limit ? from + rows.length : null;
    },
  };
}
