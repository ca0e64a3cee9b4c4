/** Records that bear witness of sealed rows: each says which row, and that this device wrote it at this place. */
import type { LedgerRecord } from '../../contract/record.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { Mac } from './payloadSeal.ts';

const PURPOSE = 'sealed-record';

/** The record with `digests.slot`, and in `digests.witness` the HMAC of all it says together with its place. */
export function witnessed(mac: Mac, seq: number, slot: string, record: LedgerRecord): LedgerRecord {
  const bound = { ...record, digests: { ...record.digests, slot } };
  return { ...bound, digests: { ...bound.digests, witness: witnessOf(mac, seq, bound) } };
}

/** Whether the record bears witness at this place: a copy elsewhere, or one that says anything else, does not. */
export function holds(mac: Mac, seq: number, record: LedgerRecord): boolean {
  const { witness, ...digests } = record.digests ?? {};
  if (witness === undefined || digests.slot === undefined) return false;
  try {
    return witness === witnessOf(mac, seq, { ...record, digests });
  } catch {
    // What has no canonical form was not written by us.
    return false;
  }
}

function witnessOf(mac: Mac, seq: number, record: LedgerRecord): string {
  return `sha256:${Buffer.from(mac(PURPOSE, utf8(canonicalJson({ seq, record })))).toString('hex')}`;
}
