/** Naming what happened to a record that is not the one in the tree. */
import { HASH_LENGTH, type Hash, leafHash } from '../../core/ledger/merkle.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import type { LedgerSource, StoredRecord } from './ports.ts';
import type { Fault } from './recordFault.ts';

const BATCH = 1000;

/** Tells altered, inserted, missing and reordered apart by where the tree has this leaf and its neighbours. */
export function mismatch(row: StoredRecord, leaf: Uint8Array, source: LedgerSource, hash: Hash): Fault {
  const { seq } = row;
  const fault = (kind: Fault['kind'], message: string): Fault => ({ seq, record: row.id, kind, message });
  const expected = nodeAt(source, seq);
  if (expected === undefined) return fault('inserted', `Record ${seq} was inserted: it has no place in the tree.`);
  const next = source.records(seq + 1, 1)[0];
  const shiftedDown = next !== undefined && sameBytes(leafHash(hash, next.leaf), expected);
  const after = nodeAt(source, seq + 1);
  const shiftedUp = after !== undefined && sameBytes(leaf, after);
  if (shiftedDown && !shiftedUp)
    return fault('inserted', `Record ${seq} was inserted before the one that belongs here.`);
  if (shiftedUp && !shiftedDown) {
    return {
      seq,
      record: null,
      kind: 'missing',
      message: `Record ${seq} is missing: the next one stands in its place.`,
    };
  }
  const place = placeOf(source, leaf);
  if (place !== null) return fault('reordered', `Record ${seq} belongs at ${place}.`);
  return fault('altered', `Record ${seq} was altered.`);
}

function nodeAt(source: LedgerSource, seq: number): Uint8Array | undefined {
  const row = source.nodes(seq, 1)[0];
  return row?.seq === seq ? row.hashes.subarray(0, HASH_LENGTH) : undefined;
}

function placeOf(source: LedgerSource, leaf: Uint8Array): number | null {
  for (let from = 0; ; ) {
    const rows = source.nodes(from, BATCH);
    const found = rows.find(({ hashes }) => sameBytes(hashes.subarray(0, HASH_LENGTH), leaf));
    if (found !== undefined) return found.seq;
    const last = rows.at(-1);
    if (last === undefined) return null;
    from = last.seq + 1;
  }
}
