/** What a leaf says of its payload (SECURITY.md rule 17). */
import type { Payload, PayloadSeal } from '../../contract/record.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { maskPayload } from '../../core/egress/maskPayload.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { LedgerCrypto, StoredPayload } from './ports.ts';

/** HMAC-SHA-256 under the device's MAC key. */
export type Mac = DeviceKeys['mac'];

/** Masks the payload of the record with this id and seals it: what the leaf says, and what may be kept, null when nothing may. */
export function sealPayload(
  payload: Payload,
  masker: Masker,
  id: string,
  mac: Mac,
  hmac: LedgerCrypto['hmac'],
): { seal: PayloadSeal; kept: StoredPayload | null } {
  const { text, masked } = maskPayload(payload.bytes, masker);
  const whole = masked.length === 0;
  const bytes = whole ? payload.bytes : text === null ? null : utf8(text);
  const seal: PayloadSeal = {
    kind: payload.kind,
    bytes: payload.bytes.length,
    masked: masked.map(({ pointer, rule, start, length }) => ({
      pointer: pointer.toWellFormed(),
      rule,
      start,
      length,
    })),
  };
  if (!whole) seal.raw = hex(mac(`payload ${id}`, payload.bytes));
  if (bytes === null) return { seal, kept: null };
  const key = mac('payload-key', utf8(id));
  seal.kept = hex(hmac(key, bytes));
  return { seal, kept: { key, bytes } };
}

/** Whether this is what was kept under this seal. Needs nothing of the device. */
export function sealHolds({ kept }: PayloadSeal, { key, bytes }: StoredPayload, hmac: LedgerCrypto['hmac']): boolean {
  return kept === hex(hmac(key, bytes));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
