import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Signatures } from '../../services/approvals/ports.ts';

/** Signature checks of other devices' keys, by Node. */
export const signatures: Signatures = {
  fingerprint(key) {
    const known = publicKey(key);
    return (
      known &&
      createHash('sha256')
        .update(known.export({ format: 'der', type: 'spki' }))
        .digest('hex')
    );
  },
  verify(key, message, signature) {
    const known = publicKey(key);
    return known !== null && verify(null, message, known, signature);
  },
};

/** The key, when the text is the one way to write it: another encoding of the same key would pass for another device. */
function publicKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const canonical = key.export({ format: 'der', type: 'spki' }).toString('base64');
    return key.asymmetricKeyType === 'ed25519' && canonical === text ? key : null;
  } catch {
    return null;
  }
}
