/** Hashes and signatures by Node. */
import { createHmac, createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** HMAC-SHA-256, 32 bytes. */
export function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** An Ed25519 SubjectPublicKeyInfo up to the key itself (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether the Ed25519 signature (RFC 8032) of the message holds under the raw public key. */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    // 32 bytes that are no key verify nothing.
    return false;
  }
}

/** An Ed25519 private key of a PEM text with its raw public key. Throws for any other. */
export function signingKey(pem: string): { publicKey: Buffer; sign(message: Uint8Array): Buffer; secret: KeyObject } {
  const secret = createPrivateKey(pem);
  if (secret.asymmetricKeyType !== 'ed25519') throw new TypeError('The collector’s key must be an Ed25519 key.');
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey, secret, sign: (message) => sign(null, message, secret) };
}
