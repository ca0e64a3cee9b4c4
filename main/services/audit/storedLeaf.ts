import { type LedgerRecord, record } from '../../contract/record.ts';

/** The record that a stored leaf says; null when the leaf is no JSON object, as when it was altered on the disk. */
export function readLeaf(leaf: Uint8Array): LedgerRecord | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).toString());
    return typeof said === 'object' && !Array.isArray(said) ? (said as LedgerRecord | null) : null;
  } catch {
    return null;
  }
}

/** The same where it goes on to others: null too when the leaf says something else than records do, however deep. */
export function readRecord(leaf: Uint8Array): LedgerRecord | null {
  const said = readLeaf(leaf);
  return record.safeParse(said).success ? said : null;
}
