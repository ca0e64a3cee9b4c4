/** Putting a batch together: records in order, and the proofs that they continue what the collector has seen. */
import {
  BATCH_BYTES,
  BATCH_RECORDS,
  type DeviceHead,
  type SentRecord,
  type SyncBatch,
} from '../../contract/collector.ts';
import type { SyncSending } from '../../contract/sync.ts';
import type { Hash } from '../../core/ledger/merkle.ts';
import type { OutgoingHead, OutgoingLedger } from '../audit/outgoing.ts';
import { sent } from './outgoing.ts';

/** Records and their payloads of one batch, bytes: half of what a collector takes, since base64 and JSON add to them. */
const BYTES = BATCH_BYTES / 2;

/** Where the collector is, seen from this epoch of the ledger. */
export function placeOf(head: OutgoingHead, there: DeviceHead): { size: number; seen: number } {
  // A ledger that began anew is handed over from its first record: both histories then lie side by side.
  return there.epoch < head.epoch ? { size: 0, seen: 0 } : { size: there.size, seen: there.seen };
}

/** The next batch under this head, up to the first record that is missing. Without records it only shows the head. */
export function nextBatch(
  ledger: OutgoingLedger,
  hash: Hash,
  head: OutgoingHead,
  there: DeviceHead,
  sending: SyncSending,
): SyncBatch {
  const { size: from, seen } = placeOf(head, there);
  const records: SentRecord[] = [];
  let bytes = 0;
  const most = Math.min(BATCH_RECORDS, Math.max(0, head.size - from));
  for (const row of most === 0 ? [] : ledger.records(from, most)) {
    // What is missing has no place in between: it is told of by itself.
    if (row.seq !== from + records.length) break;
    const { sent: record } = sent(hash, row, sending);
    bytes += 'leaf' in record ? record.leaf.length + (record.payload?.body.length ?? 0) : 64;
    if (records.length > 0 && bytes > BYTES) break;
    records.push(record);
  }
  const to = from + records.length;
  return {
    turn: there.turn,
    epoch: head.epoch,
    from,
    records,
    note: head.note,
    position: to === 0 || to > head.size ? [] : ledger.proof(to, head.size),
    since: seen === 0 ? null : { size: seen, proof: seen > head.size ? [] : ledger.proof(seen, head.size) },
    sending,
  };
}
