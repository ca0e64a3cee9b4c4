/** Whether a batch continues what was seen of its device, by arithmetic alone. */
import type { SyncBatch } from '../../main/contract/collector.ts';
import { fromBase64 } from '../../main/core/ledger/base64.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, rootOf } from '../../main/core/ledger/merkle.ts';
import type { NoteKey } from '../../main/core/ledger/note.ts';
import { verifyConsistency } from '../../main/core/ledger/proof.ts';
import { sha256 } from './crypto.ts';
import { type DeviceHead, openHead } from './deviceLog.ts';
import type { Received } from './received.ts';

/** What is known of a device: how far its records are here, and the newest head it showed. */
export interface Known {
  /** 0 before the first head. */
  readonly epoch: number;
  readonly frontier: Frontier;
  readonly note: string | null;
}

export type Judged =
  /** It continues: the tree with it, and its head. `fresh`: a new epoch, whose records begin at the first. */
  | { readonly kind: 'continues'; readonly frontier: Frontier; readonly head: DeviceHead; readonly fresh: boolean }
  /** It does not, and the device signed that it does not. */
  | { readonly kind: 'broken'; readonly as: 'altered' | 'truncated'; readonly seq: number | null; readonly why: string }
  /** Nothing can be said: records in between, or a head of somebody else. */
  | { readonly kind: 'gap'; readonly size: number }
  | { readonly kind: 'unsigned'; readonly why: string };

/** Judges a batch of which `records` begin at `batch.from`; records that are here already must be left out by the caller. */
export function judge(
  log: NoteKey,
  known: Known,
  batch: Pick<SyncBatch, 'epoch' | 'note' | 'position' | 'since'>,
  from: number,
  records: readonly Pick<Received, 'hash'>[],
): Judged {
  const head = openHead(batch.note, log);
  if (head === null) return { kind: 'unsigned', why: 'the head is not signed by this device’s ledger' };
  if (head.epoch !== batch.epoch) return { kind: 'unsigned', why: 'the head is of another epoch' };
  const fresh = head.epoch > known.epoch;
  if (head.epoch < known.epoch) {
    const why = `The device shows epoch ${head.epoch} of its ledger; epoch ${known.epoch} was seen before.`;
    return { kind: 'broken', as: 'truncated', seq: null, why };
  }
  const before = fresh ? EMPTY_FRONTIER : known.frontier;
  const seen = fresh || known.note === null ? null : openHead(known.note, log);
  if (seen !== null) {
    if (head.size < seen.size) {
      const why = `The ledger now has ${head.size} records; ${seen.size} were seen before.`;
      return { kind: 'broken', as: 'truncated', seq: head.size, why };
    }
    const proof = head.size === seen.size ? [] : hashes(batch.since?.size === seen.size ? batch.since.proof : []);
    if (!verifyConsistency(sha256, seen.size, seen.root, head.size, head.root, proof)) {
      const why = `The first ${seen.size} records are not those that were seen before.`;
      return { kind: 'broken', as: 'altered', seq: null, why };
    }
  }
  if (from !== before.size) return { kind: 'gap', size: before.size };
  let frontier = before;
  for (const { hash } of records) frontier = appendLeaf(sha256, frontier, hash).frontier;
  const size = frontier.size;
  if (size > head.size) return { kind: 'unsigned', why: 'the head does not cover the records' };
  if (
    size > 0 &&
    !verifyConsistency(sha256, size, rootOf(sha256, frontier), head.size, head.root, hashes(batch.position))
  ) {
    const which = records.length === 1 ? `Record ${from} is` : `One of the records ${from} to ${size - 1} is`;
    return { kind: 'broken', as: 'altered', seq: from, why: `${which} not what the device signed.` };
  }
  return { kind: 'continues', frontier, head, fresh };
}

function hashes(proof: readonly string[]): Uint8Array[] {
  return proof.map((text) => fromBase64(text) ?? new Uint8Array());
}
