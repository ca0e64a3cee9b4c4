/** What may be wrong with a record whose leaf is in the tree: beside the leaf, nothing is hashed. */
import type { VerifyReport } from '../../contract/audit.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { type Mac, sealHolds } from './payloadSeal.ts';
import type { LedgerCrypto, LedgerSource, StoredPayload, StoredRecord } from './ports.ts';
import { readLeaf } from './storedLeaf.ts';
import { holds } from './witness.ts';

export type Fault = NonNullable<VerifyReport['fault']>;

const COLUMNS = ['id', 'at', 'type', 'session', 'server', 'tool', 'decision', 'call'] as const;

/** What a record is compared with. */
export interface Surroundings {
  readonly source: LedgerSource;
  /** Where times and ids may begin anew. */
  readonly segments: ReadonlySet<number>;
  /** Payloads below this sequence may have been dropped. */
  readonly dropped: number;
  readonly crypto: Pick<LedgerCrypto, 'hmac'>;
  readonly mac?: Mac;
}

/** The first thing wrong with the columns, the order and the payload of a record; null when all fits. */
export function faultInRecord(
  row: StoredRecord,
  before: StoredRecord | null,
  { source, segments, dropped, crypto, mac }: Surroundings,
): Fault | null {
  const { seq, id } = row;
  const fault = (kind: Fault['kind'], message: string): Fault => ({ seq, record: id, kind, message });
  const record = readLeaf(row.leaf);
  if (record === null) return fault('unreadable', `The leaf of record ${seq} is no record.`);
  const column = COLUMNS.find((name) => row[name] !== (record[name] ?? null));
  if (column !== undefined)
    return fault('index', `The column “${column}” of record ${seq} does not say what its leaf says.`);
  if (row.slot !== (record.digests?.slot ?? null))
    return fault('index', `The column “slot” of record ${seq} does not say what its leaf says.`);
  if (mac !== undefined && record.digests?.slot !== undefined && !holds(mac, seq, record))
    return fault('altered', `Record ${seq} bears witness of a decision, but was not written there by this device.`);
  if (before !== null && (row.at < before.at || row.id <= before.id) && !segments.has(seq)) {
    return fault('index', `Record ${seq} cannot be found by its time: its segment is missing.`);
  }
  const wrong = wrongPayload(record, source, row.seq, dropped, crypto.hmac);
  return wrong === null ? null : fault('payload', `The payload of record ${seq} ${wrong}.`);
}

function wrongPayload(
  record: LedgerRecord,
  source: LedgerSource,
  seq: number,
  dropped: number,
  hmac: LedgerCrypto['hmac'],
): string | null {
  const payload = payloadOf(source, seq);
  if (payload === null) return 'cannot be read';
  const { payload: seal } = record;
  if (seal === undefined) return payload === undefined ? null : 'is not one that the record speaks of';
  const kept = seal.kept !== undefined;
  if (payload === undefined) return kept && seq >= dropped ? 'is missing' : null;
  if (!kept) return 'was never kept, yet there is one';
  return sealHolds(seal, payload, hmac) ? null : 'was altered';
}

function payloadOf(source: LedgerSource, seq: number): StoredPayload | undefined | null {
  try {
    return source.payload(seq);
  } catch {
    return null;
  }
}
