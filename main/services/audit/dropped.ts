/** Below which place payloads were dropped, as the ledger itself says. */
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { Hash } from '../../core/ledger/merkle.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { LedgerSource } from './ports.ts';
import { readLeaf } from './storedLeaf.ts';

/** The sealed row that says it. */
export const DROPPED = { kind: 'retention', key: 'dropped' } as const;

/** What records that bear witness of a sealed row name it by. */
export function slotOf(hash: Hash, kind: string, key: string): string {
  return `sha256:${Buffer.from(hash(utf8(canonicalJson({ kind, key })))).toString('hex')}`;
}

/**
 * Payloads below this sequence may be missing; 0 when none may. Only a record under a signed head may say so, `signed` of
 * them: anybody could append one behind it.
 */
export function droppedBelow(hash: Hash, source: LedgerSource, signed: number): number {
  const row = source.newest(slotOf(hash, DROPPED.kind, DROPPED.key), signed);
  const below = row && readLeaf(row.leaf)?.detail?.below;
  return typeof below === 'number' ? below : 0;
}
