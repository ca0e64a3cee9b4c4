/** Hashes and signatures by Node. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { HASH_LENGTH } from '../../main/core/ledger/merkle.ts';

/** SHA-256, 32 bytes. Node gives short strings three times as fast as buffers, and a small buffer of one costs little. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
}

/** Bytes of a block of SHA-256, which the key of an HMAC is brought to. */
const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, of a key of at most 64 bytes. Two plain hashes: an object for a key that is used
 * once costs more than both.
 */
export function hmac(key: Uint8Array, message: Uint8Array | string): Buffer {
  if (key.length > BLOCK) throw new RangeError('The key is longer than a block.');
  const bytes = typeof message === 'string' ? Buffer.from(message) : message;
  const inner = Buffer.allocUnsafe(BLOCK + bytes.length).fill(0x36, 0, BLOCK);
  const outer = Buffer.allocUnsafe(BLOCK + HASH_LENGTH).fill(0x5c, 0, BLOCK);
  for (let at = 0; at < key.length; at += 1) {
    inner[at] = (key[at] as number) ^ 0x36;
    outer[at] = (key[at] as number) ^ 0x5c;
  }
  inner.set(bytes, BLOCK);
  outer.set(sha256(inner), BLOCK);
  return sha256(outer);
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
