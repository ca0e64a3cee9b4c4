import { Refused } from '../../contract/errors.ts';
import { HASH_LENGTH, nodePlace, type ReadNode } from '../../core/ledger/merkle.ts';
import type { LedgerStore } from './ports.ts';

/** The tree's nodes as the database keeps them; reading one that is not there throws `Refused('DATABASE_TAMPERED')`. */
export function storedNodes(store: Pick<LedgerStore, 'nodes'>): ReadNode {
  return (level, index) => {
    const { leaf, place } = nodePlace(level, index);
    const node = store.nodes(leaf)?.slice(place * HASH_LENGTH, (place + 1) * HASH_LENGTH);
    if (node?.length !== HASH_LENGTH) throw new Refused('DATABASE_TAMPERED', `no tree node at record ${leaf}`);
    return node;
  };
}
