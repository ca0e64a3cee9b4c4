/** Finding whom to answer when a line cannot be read. */
import { readStrict } from './strict.ts';
import { decodeUtf8 } from './utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CR = 0x0d;

/** `id` as the last member of a message, or the last but `jsonrpc`. */
const AT_END = /[{,]\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/;

/**
 * The exact text of the top-level `"id"` of a message that was refused, or of the beginning of one that was too long:
 * a string or number seen whole, or null when there is none, or more than one. It is only good for addressing a
 * refusal. Iterative, so depth does not matter.
 */
export function recoverId(line: Uint8Array): string | null {
  let found: string | null = null;
  let depth = 0;
  /** What a string at depth 1 would be, and whether the value that comes belongs to the key `id`. */
  let place: 'key' | 'value' | 'id' = 'key';
  for (let at = 0; at < line.length; ) {
    const byte = line[at] as number;
    const isString = byte === QUOTE;
    const end = isString ? stringEnd(line, at) : isNumberByte(byte) ? numberEnd(line, at) : at + 1;
    if (end < 0) break;
    if (depth === 0 && byte === 0x5b) return null;
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (depth === 1 && byte === 0x2c) place = 'key';
    else if (depth === 1 && place === 'key' && isString) place = isIdKey(line, at, end) ? 'id' : 'value';
    else if (depth === 1 && place === 'id' && (isString || isNumberByte(byte))) {
      if (found !== null) return null;
      found = idText(line, at, end);
      if (found === null) return null;
    }
    if (depth <= 0 && byte !== 0x20 && byte !== 0x09 && byte !== CR) break;
    at = end;
  }
  return found;
}

/**
 * The same of a line of which only the first and the last bytes are at hand: many write the id of an answer behind its
 * result.
 */
export function recoverIdOfLong(head: Uint8Array, tail: Uint8Array): string | null {
  return recoverId(head) ?? AT_END.exec(decodeUtf8(tail))?.[1] ?? null;
}

function isIdKey(line: Uint8Array, start: number, end: number): boolean {
  return end - start === 4 && line[start + 1] === 0x69 && line[start + 2] === 0x64;
}

function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d;
}

function idText(line: Uint8Array, start: number, end: number): string | null {
  const read = readStrict(line, { start, end });
  if (!read.ok || (read.node.kind !== 'string' && read.node.kind !== 'number')) return null;
  return decodeUtf8(line, start, end);
}

/** Behind the closing quote, or -1 when the line ends first. */
function stringEnd(line: Uint8Array, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === BACKSLASH) at++;
    else if (line[at] === QUOTE) return at + 1;
  }
  return -1;
}

/** Behind the number, or -1 when the line ends with it: it may have been cut. */
function numberEnd(line: Uint8Array, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    const byte = line[at] as number;
    if (!isNumberByte(byte) && byte !== 0x2e && byte !== 0x2b && (byte | 0x20) !== 0x65) return at;
  }
  return -1;
}
