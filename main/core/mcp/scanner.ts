/**
 * The grammar of RFC 8259 over raw bytes: one cursor that checks and skips, and builds nothing.
 * Everything that reads JSON here stands on it, so that there is one opinion on what is valid.
 */

/** Why a text is refused, with the byte at which it was noticed. */
export interface Fault {
  readonly code: 'NOT_JSON' | 'AMBIGUOUS' | 'TOO_DEEP';
  readonly offset: number;
  readonly detail: string;
}

/** Containers inside containers that are read by default. */
export const MAX_DEPTH = 128;
/** More is never read, whatever is asked for: readers recurse, and this depth is safe on every stack. */
const DEPTH_CEILING = 512;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A cursor over `bytes[start, end)`. Each reading method moves `at` behind what it read and returns true, or sets
 * `fault` and returns false; after a fault the cursor is of no further use.
 */
export class Scanner {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly maxDepth: number;
  at: number;
  fault: Fault | null = null;
  /** Whether the last string had an escape. */
  escaped = false;
  /** UTF-8 bytes read so far less their UTF-16 code units: maps byte offsets to positions in the decoded text. */
  surplus = 0;
  readonly #words: DataView;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, maxDepth = MAX_DEPTH) {
    this.bytes = bytes;
    this.at = start;
    this.end = Math.min(end, bytes.length);
    this.maxDepth = Math.min(maxDepth, DEPTH_CEILING);
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Refuses. Always false, so that a reader can return it. */
  fail(code: Fault['code'], offset: number, detail: string): false {
    this.fault ??= { code, offset, detail };
    return false;
  }

  /** Refuses the byte at the cursor, or the end of the text. */
  unexpected(wanted: string): false {
    if (this.at >= this.end) return this.fail('NOT_JSON', this.end, `the text ends where ${wanted} should be`);
    const byte = this.bytes[this.at] as number;
    if (byte === 0xef) return this.fail('NOT_JSON', this.at, 'a byte order mark or other non-ASCII outside a string');
    return this.fail('NOT_JSON', this.at, `byte 0x${byte.toString(16).padStart(2, '0')} where ${wanted} should be`);
  }

  /** The next byte that is not white space, or -1 at the end; the cursor stands on it. */
  peek(): number {
    const { bytes, end } = this;
    let at = this.at;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.at = at;
        return byte;
      }
      at++;
    }
    this.at = at;
    return -1;
  }

  /** Skips one value of any kind, at `depth` containers deep; the cursor stands on its first byte. */
  value(depth: number): boolean {
    if (this.at >= this.end) return this.unexpected('a value');
    switch (this.bytes[this.at]) {
      case QUOTE:
        return this.string();
      case 0x7b:
        return this.#object(depth + 1);
      case 0x5b:
        return this.#array(depth + 1);
      case 0x74:
        return this.#literal(0x72, 0x75, 0x65, -1);
      case 0x66:
        return this.#literal(0x61, 0x6c, 0x73, 0x65);
      case 0x6e:
        return this.#literal(0x75, 0x6c, 0x6c, -1);
      default:
        return this.number();
    }
  }

  /** Enters a container; false when that is deeper than allowed. The cursor moves behind the bracket. */
  enter(depth: number): boolean {
    if (depth > this.maxDepth) return this.fail('TOO_DEEP', this.at, `more than ${this.maxDepth} levels`);
    this.at++;
    return true;
  }

  /** Reads the colon between key and value; the cursor then stands on the value. */
  colon(): boolean {
    if (this.peek() !== 0x3a) return this.unexpected('a colon');
    this.at++;
    this.peek();
    return true;
  }

  #object(depth: number): boolean {
    if (!this.enter(depth)) return false;
    let next = this.peek();
    if (next === 0x7d) {
      this.at++;
      return true;
    }
    for (;;) {
      if (next !== QUOTE) return this.unexpected('a key');
      if (!this.string() || !this.colon() || !this.value(depth)) return false;
      const after = this.peek();
      if (after === 0x2c) {
        this.at++;
        next = this.peek();
      } else if (after === 0x7d) {
        this.at++;
        return true;
      } else return this.unexpected('a comma or the end of the object');
    }
  }

  #array(depth: number): boolean {
    if (!this.enter(depth)) return false;
    if (this.peek() === 0x5d) {
      this.at++;
      return true;
    }
    for (;;) {
      if (!this.value(depth)) return false;
      const after = this.peek();
      if (after === 0x2c) {
        this.at++;
        this.peek();
      } else if (after === 0x5d) {
        this.at++;
        return true;
      } else return this.unexpected('a comma or the end of the array');
    }
  }

  #literal(second: number, third: number, fourth: number, fifth: number): boolean {
    const { bytes, at } = this;
    const length = fifth < 0 ? 4 : 5;
    if (
      at + length <= this.end &&
      bytes[at + 1] === second &&
      bytes[at + 2] === third &&
      bytes[at + 3] === fourth &&
      (fifth < 0 || bytes[at + 4] === fifth)
    ) {
      this.at = at + length;
      return true;
    }
    return this.fail('NOT_JSON', at, 'neither true, false nor null');
  }

  /** Reads a number (RFC 8259, section 6). */
  number(): boolean {
    const { bytes, end } = this;
    let at = this.at;
    if (bytes[at] === 0x2d) at++;
    const first = at < end ? (bytes[at] as number) : 0;
    if (first < 0x30 || first > 0x39) {
      this.at = at;
      return this.unexpected('a value');
    }
    at = first === 0x30 ? at + 1 : digits(bytes, at, end);
    if (at < end && bytes[at] === 0x2e) {
      const from = at + 1;
      at = digits(bytes, from, end);
      if (at === from) return this.fail('NOT_JSON', at, 'no digit after the decimal point');
    }
    if (at < end && ((bytes[at] as number) | 0x20) === 0x65) {
      at++;
      if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
      const from = at;
      at = digits(bytes, from, end);
      if (at === from) return this.fail('NOT_JSON', at, 'no digit in the exponent');
    }
    this.at = at;
    return true;
  }

  /** Reads a string from its opening to behind its closing quote: escapes, control characters and UTF-8 checked. */
  string(): boolean {
    const { bytes, end } = this;
    const words = this.#words;
    const lastWord = end - 4;
    let at = this.at + 1;
    this.escaped = false;
    for (;;) {
      // Four bytes at a time while none is below 0x20, a quote, a backslash or above 0x7f. A subtraction borrows from
      // the next byte only behind a true hit, so the lowest hit is exact.
      while (at <= lastWord) {
        const word = words.getInt32(at, true);
        const hit =
          (word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)) &
          0x80808080;
        if (hit !== 0) {
          at += (31 - Math.clz32(hit & -hit)) >> 3;
          break;
        }
        at += 4;
      }
      if (at >= end) return this.fail('NOT_JSON', end, 'the text ends inside a string');
      let byte = bytes[at] as number;
      if (byte === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (byte === BACKSLASH) {
        const length = escapeLength(bytes, at, end);
        if (length === 0) return this.fail('NOT_JSON', at, 'a backslash that starts no escape');
        this.escaped = true;
        at += length;
      } else if (byte < 0x20) {
        return this.fail('NOT_JSON', at, `control character 0x${byte.toString(16).padStart(2, '0')} inside a string`);
      } else if (byte < 0x80) {
        at++;
      } else {
        // Text beyond ASCII comes in runs.
        while (byte >= 0x80) {
          const length = sequenceLength(bytes, at, end);
          if (length === 0) return this.fail('AMBIGUOUS', at, 'invalid UTF-8');
          this.surplus += length === 2 ? 1 : 2;
          at += length;
          byte = at < end ? (bytes[at] as number) : 0;
        }
      }
    }
  }
}

function digits(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at++;
  return at;
}

/** Length of the escape at `at` (RFC 8259, section 7), or 0. */
function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return 0;
  switch (bytes[at + 1]) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return 2;
    case 0x75: {
      if (at + 6 > end) return 0;
      for (let digit = at + 2; digit < at + 6; digit++) {
        const byte = bytes[digit] as number;
        const letter = byte | 0x20;
        if (!((byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return 0;
      }
      return 6;
    }
    default:
      return 0;
  }
}

/** Length of the multi-byte UTF-8 sequence at `at`, or 0: overlong forms, surrogates and beyond U+10FFFF are invalid (RFC 3629, section 4). */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  const second = bytes[at + 1] as number;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  if (length > 2 && ((bytes[at + 2] as number) & 0xc0) !== 0x80) return 0;
  if (length > 3 && ((bytes[at + 3] as number) & 0xc0) !== 0x80) return 0;
  return length;
}
