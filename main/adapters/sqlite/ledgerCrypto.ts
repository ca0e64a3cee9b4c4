/** The ledger's hashing and signature checks on node:crypto. */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import type { LedgerCrypto } from '../../services/audit/ports.ts';
import { hmac } from './hmac.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export const ledgerCrypto: LedgerCrypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  hmac,
  verify(publicKey, message, signature) {
    try {
      return verify(null, message, keyOf(publicKey), signature);
    } catch {
      return false;
    }
  },
  verifyLater: (publicKey, message, signature) =>
    new Promise<boolean>((resolve) => {
      const key = keyOf(publicKey);
      verify(null, message, key, signature, (error, holds) => resolve(error === null && holds));
    }).catch(() => false),
};

/** Keys that were used last: one signs many heads, and to make it takes a fifth as long as to check a signature. */
const recent = new Map<string, KeyObject>();
const MOST_RECENT = 8;

function keyOf(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString('base64');
  const known = recent.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  const [oldest] = recent.keys();
  if (recent.size === MOST_RECENT && oldest !== undefined) recent.delete(oldest);
  recent.set(name, key);
  return key;
}
