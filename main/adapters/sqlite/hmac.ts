/** HMAC-SHA-256 under keys that are used once. */
import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256, and of its result. */
const BLOCK = 64;
const LENGTH = 32;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * HMAC-SHA-256 (RFC 2104), 32 bytes, as two hashes: node's own makes a key object of every key first, which takes five
 * times as long as the rest, and every payload has a key of its own.
 */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
  const inner = padded(short, INNER, message.length);
  inner.set(message, BLOCK);
  const outer = padded(short, OUTER, LENGTH);
  outer.set(hash('sha256', inner, 'buffer'), BLOCK);
  return hash('sha256', outer, 'buffer');
}

/** A block of the key, each byte changed by `pad`, with room for so many bytes behind it. */
function padded(key: Uint8Array, pad: number, room: number): Uint8Array {
  const bytes = new Uint8Array(BLOCK + room).fill(pad, 0, BLOCK);
  for (const [at, byte] of key.entries()) bytes[at] = byte ^ pad;
  return bytes;
}
