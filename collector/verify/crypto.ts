/** Hashes and signatures by Node. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** Bytes of a block of SHA-256, which the key of an HMAC is brought to. */
const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, of a key of at most 64 bytes. Two plain hashes: an object for a key that is used
 * once costs more than both.
 */
export function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  if (key.length > BLOCK) throw new RangeError('The key is longer than a block.');
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK, 0x5c);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return sha256(Buffer.concat([outer, sha256(Buffer.concat([inner, Buffer.from(message as string)]))]));
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
