/** Which records of one block of the ledger: a bit each. */
import type { Run } from './segments.ts';

/** Records of a block: the sequences from `block * BLOCK` on. */
export const BLOCK = 32_768;
const BITS = 32;
const LENGTH = BLOCK / BITS;
const WHOLE = LENGTH * Uint32Array.BYTES_PER_ELEMENT;
/** Places that one byte of a gap says at most, with more to come. */
const FAR = 255;

/** The block that a sequence lies in. */
export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK);
}

/** A run that is not empty, in parts that lie in one block each, oldest first. */
export function inBlocks({ first, end }: Run): Run[] {
  const blocks = blockOf(end - 1) - blockOf(first) + 1;
  return Array.from({ length: blocks }, (_, at) => {
    const begin = (blockOf(first) + at) * BLOCK;
    return { first: Math.max(first, begin), end: Math.min(end, begin + BLOCK) };
  });
}

export class PlaceSet {
  readonly #bits: Uint32Array;

  private constructor(bits: Uint32Array) {
    this.#bits = bits;
  }

  /** Every place of a block. */
  static all(): PlaceSet {
    return new PlaceSet(new Uint32Array(LENGTH).fill(0xffffffff));
  }

  /** Of sequences within one block. */
  static of(seqs: Iterable<number>): PlaceSet {
    const bits = new Uint32Array(LENGTH);
    for (const seq of seqs) {
      const place = seq % BLOCK;
      const at = Math.floor(place / BITS);
      bits[at] = (bits[at] ?? 0) | (1 << (place % BITS));
    }
    return new PlaceSet(bits);
  }

  /** What `bytes` gave. */
  static read(bytes: Uint8Array): PlaceSet {
    // A copy, since the bytes may lie where no number of several bytes can.
    if (bytes.length === WHOLE) return new PlaceSet(new Uint32Array(new Uint8Array(bytes).buffer));
    const bits = new Uint32Array(LENGTH);
    let place = -1;
    for (const gap of bytes) {
      place += gap;
      if (gap === FAR) continue;
      place += 1;
      const at = place >>> 5;
      bits[at] = (bits[at] ?? 0) | (1 << place);
    }
    return new PlaceSet(bits);
  }

  /**
   * How many places lie between one and the next, a byte each, `FAR` meaning so many and more to come; or all bits, where
   * that is not longer (little endian, as every system that this runs on).
   */
  bytes(): Uint8Array {
    const gaps: number[] = [];
    let last = -1;
    for (const place of this.seqs({ first: 0, end: BLOCK })) {
      let gap = place - last - 1;
      for (; gap >= FAR; gap -= FAR) gaps.push(FAR);
      gaps.push(gap);
      last = place;
    }
    return gaps.length < WHOLE ? Uint8Array.from(gaps) : new Uint8Array(this.#bits.buffer);
  }

  // Loops, and none of their own functions: a search goes through thousands of sets.
  and(other: PlaceSet): PlaceSet {
    const bits = this.#bits.slice();
    for (let at = 0; at < LENGTH; at += 1) bits[at] = (bits[at] ?? 0) & (other.#bits[at] ?? 0);
    return new PlaceSet(bits);
  }
  or(other: PlaceSet): PlaceSet {
    const bits = this.#bits.slice();
    for (let at = 0; at < LENGTH; at += 1) bits[at] = (bits[at] ?? 0) | (other.#bits[at] ?? 0);
    return new PlaceSet(bits);
  }
  without(other: PlaceSet): PlaceSet {
    const bits = this.#bits.slice();
    for (let at = 0; at < LENGTH; at += 1) bits[at] = (bits[at] ?? 0) & ~(other.#bits[at] ?? 0);
    return new PlaceSet(bits);
  }

  /** Null for none. */
  orNull(): PlaceSet | null {
    for (const bits of this.#bits) if (bits !== 0) return this;
    return null;
  }

  /** How many of them are in a run that begins and ends in this block. */
  count({ first, end }: Run): number {
    const [from, to] = within(first, end);
    let count = 0;
    for (let at = Math.floor(from / BITS); at * BITS < to; at += 1) count += ones(this.#masked(at, from, to));
    return count;
  }

  /** The sequences of them in a run that begins and ends in this block, oldest first. */
  seqs({ first, end }: Run): number[] {
    const [from, to] = within(first, end);
    const begin = first - from;
    const seqs: number[] = [];
    for (let at = Math.floor(from / BITS); at * BITS < to; at += 1) {
      for (let left = this.#masked(at, from, to); left !== 0; left &= left - 1)
        seqs.push(begin + at * BITS + (BITS - 1 - Math.clz32(left & -left)));
    }
    return seqs;
  }

  /** The bits at `at` that stand for places from `from` up to `to`. */
  #masked(at: number, from: number, to: number): number {
    const begin = at * BITS;
    let bits = this.#bits[at] ?? 0;
    if (begin < from) bits &= -1 << (from - begin);
    if (begin + BITS > to) bits &= (1 << (to - begin)) - 1;
    return bits;
  }
}

/** A run's places in its block. */
function within(first: number, end: number): [number, number] {
  const begin = blockOf(first) * BLOCK;
  return [first - begin, end - begin];
}

/** How many bits are set (Hacker's Delight, section 5-1). */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
