/**
 * One level of a JSON value with the places of what it holds: strict about its own keys, while everything below is
 * checked against the grammar and skipped. The way to look at a large message without reading all of it.
 */
import { KeySet } from './keys.ts';
import { type Fault, Scanner } from './scanner.ts';
import { decodeUtf8 } from './utf8.ts';

/** `bytes[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface Member extends Span {
  /** After unescaping; the span is the value's. */
  readonly key: string;
}

/**
 * The members of the object in `bytes[start, end)`, white space around it allowed. Refuses clashing keys and lone
 * surrogates on this level only; grammar, depth and UTF-8 at every level.
 */
export function readMembers(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): { ok: true; members: Member[] } | ({ ok: false } & Fault) {
  const scanner = new Scanner(bytes, start, end);
  const members: Member[] = [];
  return scanMembers(scanner, members) ? { ok: true, members } : { ok: false, ...(scanner.fault as Fault) };
}

/** The places of the items of the array in `bytes[start, end)`; grammar, depth and UTF-8 are checked at every level. */
export function readItems(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
): { ok: true; items: Span[] } | ({ ok: false } & Fault) {
  const scanner = new Scanner(bytes, start, end);
  const items: Span[] = [];
  return scanItems(scanner, items) ? { ok: true, items } : { ok: false, ...(scanner.fault as Fault) };
}

/**
 * The text of the string in `bytes[start, end)`, which a reader above has found valid; null when the span holds
 * another kind of value or a lone surrogate.
 */
export function stringAt(bytes: Uint8Array, { start, end }: Span): string | null {
  if (bytes[start] !== 0x22) return null;
  if (!hasEscape(bytes, start, end)) return decodeUtf8(bytes, start + 1, end - 1);
  const text = JSON.parse(decodeUtf8(bytes, start, end)) as string;
  return text.isWellFormed() ? text : null;
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 0x5c) return true;
  return false;
}

function scanMembers(scanner: Scanner, members: Member[]): boolean {
  if (scanner.peek() !== 0x7b) return scanner.unexpected('an object');
  scanner.enter(1);
  if (scanner.peek() === 0x7d) scanner.at++;
  else {
    const keys = new KeySet();
    for (;;) {
      if (scanner.peek() !== 0x22) return scanner.unexpected('a key');
      const keyStart = scanner.at;
      const surplus = scanner.surplus;
      if (!scanner.string()) return false;
      const ascii = !scanner.escaped && surplus === scanner.surplus;
      const key = keyText(scanner, keyStart);
      if (key === null) return scanner.fail('AMBIGUOUS', keyStart, 'a key with a lone surrogate');
      const clash = keys.add(key, ascii);
      if (clash !== null) return scanner.fail('AMBIGUOUS', keyStart, clash);
      if (!scanner.colon()) return false;
      const start = scanner.at;
      if (!scanner.value(1)) return false;
      members.push({ key, start, end: scanner.at });
      const after = scanner.peek();
      scanner.at++;
      if (after === 0x7d) break;
      if (after !== 0x2c) {
        scanner.at--;
        return scanner.unexpected('a comma or the end of the object');
      }
    }
  }
  return scanner.peek() === -1 || scanner.unexpected('the end');
}

function keyText(scanner: Scanner, start: number): string | null {
  if (!scanner.escaped) return decodeUtf8(scanner.bytes, start + 1, scanner.at - 1);
  return stringAt(scanner.bytes, { start, end: scanner.at });
}

function scanItems(scanner: Scanner, items: Span[]): boolean {
  if (scanner.peek() !== 0x5b) return scanner.unexpected('an array');
  scanner.enter(1);
  if (scanner.peek() === 0x5d) scanner.at++;
  else {
    for (;;) {
      scanner.peek();
      const start = scanner.at;
      if (!scanner.value(1)) return false;
      items.push({ start, end: scanner.at });
      const after = scanner.peek();
      scanner.at++;
      if (after === 0x5d) break;
      if (after !== 0x2c) {
        scanner.at--;
        return scanner.unexpected('a comma or the end of the array');
      }
    }
  }
  return scanner.peek() === -1 || scanner.unexpected('the end');
}
