/** One record as it arrived: its hash, what may be searched of it, and whether its payload is the one it speaks of. */
import { readableLeaf, type SentRecord } from '../../main/contract/collector.ts';
import type { LedgerRecord } from '../../main/contract/record.ts';
import { type SyncFacets, type SyncForm, syncFacets } from '../../main/contract/sync.ts';
import { facetsOf } from '../../main/core/ledger/facets.ts';
import { leafHash } from '../../main/core/ledger/merkle.ts';
import { hmac, sha256 } from './crypto.ts';

export interface ReceivedPayload {
  readonly key: Buffer;
  readonly body: Buffer;
}

export interface Received {
  readonly hash: Uint8Array;
  readonly form: SyncForm;
  readonly facets: SyncFacets;
  /** As it was hashed. */
  readonly leaf: Uint8Array | null;
  /** The record of the leaf; null when it was kept back. */
  readonly record: LedgerRecord | null;
  readonly payload: ReceivedPayload | null;
  /** There is a payload that the leaf does not speak of, or not with these bytes. */
  readonly payloadFault: boolean;
}

/** Throws `TypeError` for a leaf that is no record, or one of which no facets can be told. */
export function receive(sent: SentRecord): Received {
  if ('hash' in sent) {
    const hash = Buffer.from(sent.hash, 'base64');
    // No text to PostgreSQL, or to anybody.
    if (Object.values(sent.facets ?? {}).some((facet) => facet?.includes('\0') || facet?.isWellFormed() === false))
      throw new TypeError('A facet holds what is no text.');
    const form = sent.facets === undefined ? 'hash' : 'facets';
    return { hash, form, facets: sent.facets ?? {}, leaf: null, record: null, payload: null, payloadFault: false };
  }
  const record = readLeaf(sent.leaf);
  const leaf = Buffer.from(sent.leaf);
  const payload = sent.payload && {
    key: Buffer.from(sent.payload.key, 'base64'),
    body: Buffer.from(sent.payload.body, 'base64'),
  };
  // One that could not be told of would keep all that is found with it from being told of, for ever.
  const facets = syncFacets.safeParse(facetsOf(record));
  if (!facets.success) throw new TypeError('The facets of a leaf are none.');
  const fits = payload === undefined || record.payload?.kept === hmac(payload.key, payload.body).toString('hex');
  return {
    hash: leafHash(sha256, leaf),
    form: 'everything',
    facets: facets.data,
    leaf,
    record,
    payload: payload !== undefined && fits ? payload : null,
    payloadFault: !fits,
  };
}

/** The record of a leaf's text. Throws `TypeError` for what is none. */
export function readLeaf(leaf: string): LedgerRecord {
  try {
    return readableLeaf.parse(JSON.parse(leaf)) as unknown as LedgerRecord;
  } catch {
    throw new TypeError('A leaf is no record.');
  }
}
