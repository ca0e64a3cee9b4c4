/** A record as a leaf of the tree: its RFC 8785 canonical JSON in UTF-8. */
import type { LedgerRecord } from '../../contract/record.ts';
import { canonicalJson } from './canonical.ts';
import { utf8 } from './utf8.ts';

/** The bytes that are hashed and kept. Strings must be well formed. */
export function encodeLeaf(record: LedgerRecord): Uint8Array {
  return utf8(canonicalJson(record));
}
