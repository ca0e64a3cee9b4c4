/** An entry of the ledger as a frame of the journal: length and CRC-32 (little endian), then the entry itself. */
import { crc32 } from 'node:zlib';
import type { LedgerRecord } from '../../contract/record.ts';
import type { LedgerEntry } from '../../services/audit/ports.ts';

/** Length of what follows the head, and its checksum. */
const HEAD = 8;
/** Sequence, then the lengths of leaf, nodes, payload with its key, and slot. */
const FIXED = 22;
/** Length of a payload's key. */
const KEY = 32;
/** The length of a payload that is not there. */
const NONE = 0xffffffff;
/** Longer payloads are not copied into their frame. */
const LONG = 4096;

/** The bytes of one frame: in one part, or where its payload is long in two, of which the second is the payload itself. */
export function encodeFrame({ seq, leaf, nodes, payload, slot }: LedgerEntry): Uint8Array[] {
  const name = slot === null ? 0 : Buffer.byteLength(slot);
  const kept = payload === null ? 0 : KEY + payload.bytes.length;
  const body = FIXED + leaf.length + nodes.length + name + kept;
  const apart = payload !== null && payload.bytes.length > LONG ? payload.bytes : null;
  const frame = Buffer.allocUnsafe(HEAD + body - (apart?.length ?? 0));
  let at = frame.writeUInt32LE(body, 0) + 4;
  at = frame.writeUIntLE(seq, at, 6);
  at = frame.writeUInt32LE(leaf.length, at);
  at = frame.writeUInt32LE(nodes.length, at);
  at = frame.writeUInt32LE(payload === null ? NONE : kept, at);
  at = frame.writeUInt32LE(slot === null ? NONE : name, at);
  frame.set(leaf, at);
  at += leaf.length;
  frame.set(nodes, at);
  at += nodes.length;
  if (slot !== null) at += frame.write(slot, at);
  if (payload !== null) {
    frame.set(payload.key, at);
    if (apart === null) frame.set(payload.bytes, at + KEY);
  }
  const checksum = crc32(frame.subarray(HEAD));
  frame.writeUInt32LE(apart === null ? checksum : crc32(apart, checksum), 4);
  return apart === null ? [frame] : [frame, apart];
}

/** What a journal holds: its entries up to where it ends, and whether it ends in something that is no torn write. */
export interface JournalText {
  readonly entries: readonly LedgerEntry[];
  readonly damaged: boolean;
}

/**
 * Reads frames in order. A last frame that is cut short, or nothing but zeros, is a write that a crash tore: it was
 * never acknowledged, or a power cut took it before it was synced. Anything else that cannot be read is damage.
 */
export function decodeFrames(bytes: Buffer): JournalText {
  const entries: LedgerEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const length = rest.length < HEAD ? 0 : rest.readUInt32LE(0);
    const body = rest.subarray(HEAD, HEAD + length);
    const whole = length > 0 && body.length === length && crc32(body) === rest.readUInt32LE(4);
    const entry = whole ? decodeBody(body) : null;
    if (entry === null) return { entries, damaged: !isTorn(rest) };
    entries.push(entry);
    at += HEAD + length;
  }
  return { entries, damaged: false };
}

function decodeBody(body: Buffer): LedgerEntry | null {
  if (body.length < FIXED) return null;
  const seq = body.readUIntLE(0, 6);
  let at = FIXED;
  const take = (length: number): Buffer | null => {
    if (length === NONE) return null;
    at += length;
    return body.subarray(at - length, at);
  };
  const leaf = take(body.readUInt32LE(6));
  const nodes = take(body.readUInt32LE(10));
  const slot = take(body.readUInt32LE(18));
  const payload = take(body.readUInt32LE(14));
  if (leaf === null || nodes === null || at !== body.length) return null;
  const kept = payload && { key: payload.subarray(0, KEY), bytes: payload.subarray(KEY) };
  try {
    const record = JSON.parse(leaf.toString()) as LedgerRecord;
    return { seq, record, leaf, nodes, payload: kept, slot: slot?.toString() ?? null };
  } catch {
    return null;
  }
}

/** Fewer bytes than a whole frame, or space that was never written. */
function isTorn(rest: Buffer): boolean {
  if (rest.every((byte) => byte === 0)) return true;
  return rest.length < HEAD || (plausible(rest) && rest.length < HEAD + rest.readUInt32LE(0));
}

/** Whether the head is that of a frame: a length that was altered must not pass for one that was cut short. */
function plausible(rest: Buffer): boolean {
  if (rest.length < HEAD + FIXED) return rest.readUInt32LE(0) >= FIXED;
  const [payload, slot] = [rest.readUInt32LE(HEAD + 14), rest.readUInt32LE(HEAD + 18)];
  const parts = [rest.readUInt32LE(HEAD + 6), rest.readUInt32LE(HEAD + 10), payload, slot];
  const body = parts.reduce((sum, length) => sum + (length === NONE ? 0 : length), FIXED);
  return rest.readUInt32LE(0) === body;
}
