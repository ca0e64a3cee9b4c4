/**
 * A strict reader of RFC 8259 that keeps the place of everything it read. It refuses what two parsers could read
 * differently: keys that clash, invalid UTF-8, lone surrogates, a byte order mark, trailing bytes.
 */
import { KeySet } from './keys.ts';
import { type Fault, Scanner } from './scanner.ts';
import { decodeUtf8 } from './utf8.ts';

/** `bytes[start, end)` is the value's exact text. */
interface Placed {
  readonly start: number;
  readonly end: number;
}
export interface JsonMember {
  /** After unescaping. */
  readonly key: string;
  /** `[keyStart, keyEnd)` includes the quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: JsonNode;
}
export interface JsonObject extends Placed {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}
export interface JsonArray extends Placed {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}
export interface JsonString extends Placed {
  readonly kind: 'string';
  readonly value: string;
}
export interface JsonNumber extends Placed {
  readonly kind: 'number';
  /** As written. */
  readonly text: string;
}
export interface JsonLiteral extends Placed {
  readonly kind: 'true' | 'false' | 'null';
}
/** One value with its place; offsets are in bytes from the start of the array that was read. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral;

export interface StrictOptions {
  readonly start?: number;
  readonly end?: number;
  /** Containers inside containers, 128 unless told, never more than 512. */
  readonly maxDepth?: number;
}

/** Reads exactly one value from `bytes[start, end)`, white space around it allowed. Never throws. */
export function readStrict(
  bytes: Uint8Array,
  options: StrictOptions = {},
): { ok: true; node: JsonNode } | ({ ok: false } & Fault) {
  const reader = new StrictReader(bytes, options.start, options.end, options.maxDepth);
  const node = reader.document();
  return node === null ? { ok: false, ...(reader.fault as Fault) } : { ok: true, node };
}

class StrictReader extends Scanner {
  readonly #text: string;
  readonly #origin: number;

  constructor(bytes: Uint8Array, start?: number, end?: number, maxDepth?: number) {
    super(bytes, start, end, maxDepth);
    // Decoded once: cutting keys and values out of one text is several times quicker than decoding each.
    this.#text = decodeUtf8(bytes, this.at, this.end);
    this.#origin = this.at;
  }

  document(): JsonNode | null {
    this.peek();
    const node = this.#node(0);
    if (node === null) return null;
    if (this.peek() !== -1) {
      this.unexpected('the end');
      return null;
    }
    return node;
  }

  #node(depth: number): JsonNode | null {
    const start = this.at;
    switch (start < this.end ? this.bytes[start] : -1) {
      case 0x7b:
        return this.#object(depth + 1);
      case 0x5b:
        return this.#array(depth + 1);
      case 0x22: {
        const value = this.#string();
        return value === null ? null : { kind: 'string', start, end: this.at, value };
      }
      case 0x74:
        return this.value(depth) ? { kind: 'true', start, end: this.at } : null;
      case 0x66:
        return this.value(depth) ? { kind: 'false', start, end: this.at } : null;
      case 0x6e:
        return this.value(depth) ? { kind: 'null', start, end: this.at } : null;
      default: {
        const from = this.#position();
        if (!this.value(depth)) return null;
        return { kind: 'number', start, end: this.at, text: this.#text.slice(from, this.#position()) };
      }
    }
  }

  #object(depth: number): JsonObject | null {
    const start = this.at;
    if (!this.enter(depth)) return null;
    const members: JsonMember[] = [];
    if (this.peek() === 0x7d) {
      this.at++;
      return { kind: 'object', start, end: this.at, members };
    }
    const keys = new KeySet();
    for (;;) {
      if (this.peek() !== 0x22) {
        this.unexpected('a key');
        return null;
      }
      const keyStart = this.at;
      const surplus = this.surplus;
      const key = this.#string();
      if (key === null) return null;
      const keyEnd = this.at;
      const clash = keys.add(key, surplus === this.surplus && !this.escaped);
      if (clash !== null) {
        this.fail('AMBIGUOUS', keyStart, clash);
        return null;
      }
      if (!this.colon()) return null;
      const value = this.#node(depth);
      if (value === null) return null;
      members.push({ key, keyStart, keyEnd, value });
      const after = this.peek();
      if (after === 0x2c) this.at++;
      else if (after === 0x7d) {
        this.at++;
        return { kind: 'object', start, end: this.at, members };
      } else {
        this.unexpected('a comma or the end of the object');
        return null;
      }
    }
  }

  #array(depth: number): JsonArray | null {
    const start = this.at;
    if (!this.enter(depth)) return null;
    const items: JsonNode[] = [];
    if (this.peek() === 0x5d) {
      this.at++;
      return { kind: 'array', start, end: this.at, items };
    }
    for (;;) {
      this.peek();
      const item = this.#node(depth);
      if (item === null) return null;
      items.push(item);
      const after = this.peek();
      if (after === 0x2c) this.at++;
      else if (after === 0x5d) {
        this.at++;
        return { kind: 'array', start, end: this.at, items };
      } else {
        this.unexpected('a comma or the end of the array');
        return null;
      }
    }
  }

  #string(): string | null {
    const start = this.at;
    const from = this.#position();
    if (!this.string()) return null;
    const to = this.#position();
    if (!this.escaped) return this.#text.slice(from + 1, to - 1);
    const value = JSON.parse(this.#text.slice(from, to)) as string;
    if (value.isWellFormed()) return value;
    this.fail('AMBIGUOUS', start, 'a string with a lone surrogate');
    return null;
  }

  /** Where the cursor stands in the decoded text. */
  #position(): number {
    return this.at - this.#origin - this.surplus;
  }
}

/**
 * The value as `JSON.parse` would give it: a number becomes the nearest double (`text` of the node keeps what was
 * written, and is what to compare when digits matter); `__proto__` is an own property like any other.
 */
export function toValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object': {
      const object: Record<string, unknown> = {};
      for (const { key, value } of node.members) {
        if (key === '__proto__') {
          Object.defineProperty(object, key, {
            value: toValue(value),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        } else object[key] = toValue(value);
      }
      return object;
    }
    case 'array':
      return node.items.map(toValue);
    case 'string':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.kind === 'true';
  }
}
