/** HMAC-SHA-256 under keys that are used once. */
import { createHash, hash } from 'node:crypto';

/** Bytes of a block of SHA-256, and of its result. */
const BLOCK = 64;
const LENGTH = 32;
const INNER = 0x36;
const OUTER = 0x5c;
/** Copying longer messages behind the key takes longer than hashing in two steps. */
const LONG = 4096;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, as two hashes: node's own makes a key object of every key first, which takes five
 * times as long as the rest, and every payload has a key of its own.
 */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
  const outer = padded(short, OUTER, LENGTH);
  outer.set(innerHash(short, message), BLOCK);
  return hash('sha256', outer, 'buffer');
}

function innerHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  if (message.length > LONG)
    return createHash('sha256')
      .update(padded(key, INNER, 0))
      .update(message)
      .digest();
  const inner = padded(key, INNER, message.length);
  inner.set(message, BLOCK);
  return hash('sha256', inner, 'buffer');
}

/** A block of the key, each byte changed by `pad`, with room for so many bytes behind it. */
function padded(key: Uint8Array, pad: number, room: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(BLOCK + room);
  for (let at = 0; at < BLOCK; at += 1) bytes[at] = (key[at] ?? 0) ^ pad;
  return bytes;
}
