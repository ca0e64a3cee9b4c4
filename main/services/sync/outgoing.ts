/** What is sent of a record, by what a person chose for its class. */
import type { SentRecord } from '../../contract/collector.ts';
import type { LedgerRecord, RecordType } from '../../contract/record.ts';
import type { SyncForm, SyncSending } from '../../contract/sync.ts';
import { toBase64 } from '../../core/ledger/base64.ts';
import { facetsOf } from '../../core/ledger/facets.ts';
import { type Hash, leafHash } from '../../core/ledger/merkle.ts';
import type { OutgoingRecord } from '../audit/outgoing.ts';
import { readLeaf } from '../audit/storedLeaf.ts';

/** From what says most to what says least. */
const ORDER: readonly SyncForm[] = ['everything', 'facets', 'hash'];

/** Those of them that are joined by a question may be about a call; what else a question brought about is none. */
const TOLD_OF_CALLS: ReadonlySet<RecordType> = new Set(['asked', 'answered', 'grant']);

/**
 * How much of a record is sent. One that is about a call but does not say of which class is kept as close as the closest;
 * so is what a person had asked for, since nobody knows yet which calls it leads to.
 */
export function formOf(record: LedgerRecord, sending: SyncSending): SyncForm {
  if (record.class !== undefined) return sending[record.class];
  const { type, call, ask } = record;
  const ofCalls = call !== undefined || type === 'told' || (ask !== undefined && TOLD_OF_CALLS.has(type));
  if (!ofCalls) return sending.other;
  return ORDER[Math.max(...Object.values(sending).map((form) => ORDER.indexOf(form)))] ?? 'hash';
}

/** The record as it goes out, with its form. A leaf that is no record goes out as its hash: it can say nothing. */
export function sent(hash: Hash, row: OutgoingRecord, sending: SyncSending): { form: SyncForm; sent: SentRecord } {
  const record = readLeaf(row.leaf);
  const form = record === null ? 'hash' : formOf(record, sending);
  if (record === null || form !== 'everything') {
    const bare = { hash: toBase64(leafHash(hash, row.leaf)) };
    return { form, sent: record === null || form === 'hash' ? bare : { ...bare, facets: facetsOf(record) } };
  }
  const leaf = Buffer.from(row.leaf).toString();
  const { payload } = row;
  if (payload === null) return { form, sent: { leaf } };
  return {
    form,
    sent: { leaf, payload: { key: toBase64(payload.key), body: Buffer.from(payload.bytes).toString('base64') } },
  };
}
