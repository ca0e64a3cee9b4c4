/**
 * Signed blocks of text, for mail and chat: they survive quoting, wrapping and what stands around them.
 *
 *     -----BEGIN COUNTERSIGN REQUEST-----
 *     base64 of: 64 bytes Ed25519 signature, then the UTF-8 of a JSON object in RFC 8785 form
 *     -----END COUNTERSIGN REQUEST-----
 *
 * The signature is over `countersign/request/1`, a line feed, and the JSON: neither kind stands in for the other,
 * nor for anything else that a device signs.
 */
import { fromBase64, toBase64 } from '../ledger/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../mcp/utf8.ts';

export type BlockKind = 'request' | 'answer';

const SIGNATURE = 64;
const WIDTH = 76;

/** The bytes that a device signs. */
export function signedBytes(kind: BlockKind, json: string): Uint8Array {
  return encodeUtf8(`countersign/${kind}/1\n${json}`);
}

/** The block of this text and its signature (64 bytes). */
export function writeBlock(kind: BlockKind, json: string, signature: Uint8Array): string {
  const body = encodeUtf8(json);
  const bytes = new Uint8Array(SIGNATURE + body.length);
  bytes.set(signature);
  bytes.set(body, SIGNATURE);
  const lines = toBase64(bytes).match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
  return [edge('BEGIN', kind), ...lines, edge('END', kind), ''].join('\n');
}

/** The first block of this kind in a text, unchecked; null when there is none that can be read. */
export function readBlock(kind: BlockKind, text: string): { json: string; signature: Uint8Array } | null {
  const start = text.indexOf(edge('BEGIN', kind));
  const end = text.indexOf(edge('END', kind), start);
  if (start < 0 || end < 0) return null;
  // What mail programs put before quoted lines is no base64.
  const inside = text.slice(start + edge('BEGIN', kind).length, end).replace(/[\s>|]+/g, '');
  const bytes = fromBase64(inside);
  if (bytes === null || bytes.length <= SIGNATURE) return null;
  return { json: decodeUtf8(bytes, SIGNATURE), signature: bytes.slice(0, SIGNATURE) };
}

const edge = (side: 'BEGIN' | 'END', kind: BlockKind): string => `-----${side} COUNTERSIGN ${kind.toUpperCase()}-----`;
