import type { LedgerRecord } from '../../contract/record.ts';

/** The record that a stored leaf says; null when the leaf is not JSON. */
export function readLeaf(leaf: Uint8Array): LedgerRecord | null {
  try {
    return JSON.parse(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).toString()) as LedgerRecord;
  } catch {
    return null;
  }
}
