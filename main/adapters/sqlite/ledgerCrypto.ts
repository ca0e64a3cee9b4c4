/** The ledger's hashing and signature checks on node:crypto. */
import { createPublicKey, hash, randomFillSync, verify } from 'node:crypto';
import type { LedgerCrypto } from '../../services/audit/ports.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** The system is asked for many bytes at once: asking costs more than they do. */
const POOL = Buffer.alloc(4096);
let used = POOL.length;

function random(length: number): Uint8Array {
  if (used + length > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  used += length;
  return Uint8Array.from(POOL.subarray(used - length, used));
}

export const ledgerCrypto: LedgerCrypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  random,
  verify(publicKey, message, signature) {
    try {
      const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};
