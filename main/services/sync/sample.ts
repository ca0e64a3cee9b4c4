/** Records of this very ledger as they would go out. */
import type { SentRecord } from '../../contract/collector.ts';
import type { SyncSending } from '../../contract/sync.ts';
import type { Hash } from '../../core/ledger/merkle.ts';
import type { OutgoingLedger } from '../audit/outgoing.ts';
import { readLeaf } from '../audit/storedLeaf.ts';
import { sent } from './outgoing.ts';

/** How far back is looked for one of each kind. */
const LOOKED_AT = 500;
const LONGEST = 1500;

export interface Sample {
  readonly seq: number;
  readonly form: 'everything' | 'facets' | 'hash';
  readonly json: string;
}

/** The newest record of each class, and of what belongs to none; the newest first. */
export function sample(ledger: OutgoingLedger, hash: Hash, size: number, sending: SyncSending): Sample[] {
  const rows = ledger.records(Math.max(0, size - LOOKED_AT), LOOKED_AT).reverse();
  const shown = new Map<string, Sample>();
  for (const row of rows) {
    const kind = readLeaf(row.leaf)?.class ?? 'other';
    if (shown.has(kind)) continue;
    const { form, sent: record } = sent(hash, row, sending);
    const readable = 'leaf' in record ? { leaf: JSON.parse(record.leaf), ...payloadOf(record) } : record;
    const json = JSON.stringify(readable, null, 2);
    shown.set(kind, { seq: row.seq, form, json: json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json });
  }
  return [...shown.values()];
}

/** A payload as the text that a person can read, not as it travels. */
function payloadOf({ payload }: Extract<SentRecord, { leaf: string }>): { payload?: string } {
  return payload === undefined ? {} : { payload: Buffer.from(payload.body, 'base64').toString() };
}
