/** What is sent of a record, by what a person chose for its class. */
import { BATCH_BYTES, readableLeaf, type SentRecord } from '../../contract/collector.ts';
import type { LedgerRecord, RecordType } from '../../contract/record.ts';
import { type SyncForm, type SyncSending, syncFacets } from '../../contract/sync.ts';
import { toBase64 } from '../../core/ledger/base64.ts';
import { facetsOf } from '../../core/ledger/facets.ts';
import { type Hash, leafHash } from '../../core/ledger/merkle.ts';
import type { OutgoingRecord } from '../audit/outgoing.ts';
import { readLeaf } from '../audit/storedLeaf.ts';

/** Of a leaf, and of a payload as it travels, bytes: both together are one batch, whatever JSON adds to them. */
const LARGEST = BATCH_BYTES / 2;
/** Characters a byte, and a few. */
const BASE64 = 4 / 3 + 0.001;

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

/**
 * The record as it goes out, with its form. A leaf that is no record goes out as its hash: it can say nothing, and the tree
 * says what became of it; refused for its form, it would only keep the collector from hearing of that. What no batch
 * could hold goes out as less, and nothing waits behind it for ever: a long payload stays here, a long leaf but its facets.
 */
export function sent(hash: Hash, row: OutgoingRecord, sending: SyncSending): { form: SyncForm; sent: SentRecord } {
  const record = readable(row.leaf);
  const chosen = record === null ? 'hash' : formOf(record, sending);
  const form = chosen === 'everything' && row.leaf.length > LARGEST ? 'facets' : chosen;
  if (record === null || form !== 'everything') {
    const bare = { hash: toBase64(leafHash(hash, row.leaf)) };
    return { form, sent: record === null || form === 'hash' ? bare : { ...bare, facets: facetsOf(record) } };
  }
  const leaf = Buffer.from(row.leaf).toString();
  const { payload } = row;
  if (payload === null || payload.bytes.length * BASE64 > LARGEST) return { form, sent: { leaf } };
  return {
    form,
    sent: { leaf, payload: { key: toBase64(payload.key), body: Buffer.from(payload.bytes).toString('base64') } },
  };
}

/** The record of a leaf; null when a collector could not read it, as when it was altered. */
function readable(leaf: Uint8Array): LedgerRecord | null {
  const record = readLeaf(leaf);
  if (!readableLeaf.safeParse(record).success) return null;
  return record !== null && syncFacets.safeParse(facetsOf(record)).success ? record : null;
}
