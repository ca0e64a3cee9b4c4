import { createHash } from 'node:crypto';

/** SHA-256 of the device's public key (SPKI DER), lower-case hexadecimal: how people compare devices. */
export function deviceFingerprint(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}
