/** What a leaf says of its payload (SECURITY.md rule 17). */
import type { Payload, PayloadSeal } from '../../contract/record.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { maskPayload } from '../../core/egress/maskPayload.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { DeviceKeys } from '../vault/ports.ts';

const SALT_LENGTH = 16;
const PURPOSE = 'payload';

/** HMAC-SHA-256 under the device's MAC key. */
export type Mac = DeviceKeys['mac'];

/** Masks a payload and seals it: what the leaf says, and the bytes that may be kept, null when none may. */
export function sealPayload(
  payload: Payload,
  masker: Masker,
  mac: Mac,
  random: (length: number) => Uint8Array,
): { seal: PayloadSeal; kept: Uint8Array | null } {
  const salt = random(SALT_LENGTH);
  const { text, masked } = maskPayload(payload.bytes, masker);
  const whole = masked.length === 0;
  const kept = whole ? payload.bytes : text === null ? null : utf8(text);
  const seal: PayloadSeal = {
    kind: payload.kind,
    hmac: saltedMac(mac, salt, payload.bytes),
    salt: hex(salt),
    bytes: payload.bytes.length,
    masked: masked.map(({ pointer, rule, start, length }) => ({
      pointer: pointer.toWellFormed(),
      rule,
      start,
      length,
    })),
  };
  return { seal: whole || kept === null ? seal : { ...seal, kept: saltedMac(mac, salt, kept) }, kept };
}

/** Whether these are the bytes that were kept under this seal. */
export function sealHolds(seal: PayloadSeal, kept: Uint8Array, mac: Mac): boolean {
  return saltedMac(mac, Buffer.from(seal.salt, 'hex'), kept) === (seal.kept ?? seal.hmac);
}

function saltedMac(mac: Mac, salt: Uint8Array, bytes: Uint8Array): string {
  const message = new Uint8Array(salt.length + bytes.length);
  message.set(salt);
  message.set(bytes, salt.length);
  return hex(mac(PURPOSE, message));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
