/** Whether the database that was found continues what this device signed. */
import { type Frontier, frontierAt, type Hash, rootOf } from '../../core/ledger/merkle.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import type { LedgerKey, SignedHead } from './ledgerKey.ts';
import type { LedgerStore } from './ports.ts';
import { storedNodes } from './storedTree.ts';

/** Something that does not fit, as an alarm says it. */
export interface Finding {
  readonly event:
    | 'ledger-missing'
    | 'ledger-truncated'
    | 'ledger-altered'
    | 'journal-damaged'
    | 'head-unreadable'
    | 'key-unknown'
    | 'decisions-altered';
  readonly reason: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface Continuity {
  readonly frontier: Frontier;
  /** In which to go on. */
  readonly epoch: number;
  readonly findings: readonly Finding[];
  /** The heads that this device signed. */
  readonly signed: readonly SignedHead[];
}

/**
 * Compares the database with its newest checkpoint and with what was kept elsewhere: the head, and the public key, base64,
 * that signs what follows (null: none).
 * Throws `Refused('DATABASE_TAMPERED')` when the tree itself is not there to go on with.
 */
export function inspectContinuity(
  hash: Hash,
  store: LedgerStore,
  key: LedgerKey,
  anchor: { readonly note: string | null; readonly key: string } | null,
): Continuity {
  const size = store.size();
  const frontier = treeOf(store, size);
  const findings: Finding[] = [];
  if (store.damage !== null) {
    const reason = `The journal of the newest records is damaged: ${store.damage}. It was kept beside the ledger.`;
    findings.push({ event: 'journal-damaged', reason, detail: { found: size } });
  }
  const signed: SignedHead[] = [];
  let epoch = 1;
  const heads = [
    { where: 'the newest checkpoint', note: store.lastCheckpoint()?.note ?? null },
    { where: 'the head in the keychain', note: anchor?.note ?? null },
  ];
  for (const { where, note } of heads) {
    if (note === null) continue;
    const head = key.open(note);
    if (head === null) {
      const reason = `The signature of ${where} is not this device’s.`;
      findings.push({ event: 'head-unreadable', reason, detail: { head: note } });
      continue;
    }
    signed.push(head);
    epoch = Math.max(epoch, head.epoch);
    const detail = { head: note, size: head.size, found: size };
    if (size === 0 && head.size > 0) {
      findings.push({
        event: 'ledger-missing',
        reason: `The ledger is empty, but ${where} covers ${head.size} records.`,
        detail,
      });
    } else if (size < head.size) {
      const reason = `The ledger ends after ${size} records, but ${where} covers ${head.size}.`;
      findings.push({ event: 'ledger-truncated', reason, detail });
    } else if (!sameBytes(rootOf(hash, treeOf(store, head.size)), head.root)) {
      const reason = `The first ${head.size} records are not those that ${where} covers.`;
      findings.push({ event: 'ledger-altered', reason, detail });
    }
  }
  const follows = signed.length === 0 || signed.some(({ key, next }) => anchor?.key === key || anchor?.key === next);
  if (findings.length === 0 && !follows) {
    const reason = 'The key in the keychain is not one that the newest checkpoint hands over to.';
    findings.push({ event: 'key-unknown', reason, detail: { found: size } });
  }
  return { frontier, epoch: findings.length > 0 ? epoch + 1 : epoch, findings, signed };
}

function treeOf(store: LedgerStore, size: number): Frontier {
  return frontierAt(storedNodes(store), size);
}
