/** The ledger's hashing and signature checks on node:crypto. */
import { createPublicKey, hash, verify } from 'node:crypto';
import type { LedgerCrypto } from '../../services/audit/ports.ts';
import { hmac } from './hmac.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export const ledgerCrypto: LedgerCrypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  hmac,
  verify(publicKey, message, signature) {
    try {
      const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};
