import type { LedgerRecord } from '../../contract/record.ts';
import { HASH_LENGTH, type Hash, leafHash } from '../../core/ledger/merkle.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import type { LedgerStore, StoredRecord } from './ports.ts';

/** The record that a stored leaf says; null when the leaf is not JSON. */
export function readLeaf(leaf: Uint8Array): LedgerRecord | null {
  try {
    return JSON.parse(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).toString()) as LedgerRecord;
  } catch {
    return null;
  }
}

/** The record of a row, provided that its leaf is the one in the tree at its place; null otherwise. */
export function provenRecord(hash: Hash, store: LedgerStore, row: StoredRecord): LedgerRecord | null {
  const node = store.nodes(row.seq)?.slice(0, HASH_LENGTH);
  return node !== undefined && sameBytes(leafHash(hash, row.leaf), node) ? readLeaf(row.leaf) : null;
}
