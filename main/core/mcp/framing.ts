/**
 * Lines out of a byte stream, as MCP's stdio transport frames its messages: separated by the byte 0x0A and by
 * nothing else, whatever a text library may think of U+2028 or of a carriage return.
 */

import { recoverId } from './recover.ts';

export interface LineHandler {
  /**
   * One line without its 0x0A. Forward it as these bytes and 0x0A, and the peer gets what was sent: a 0x0D directly
   * before the separator is still there (JSON takes it for white space). A view of the chunk where the line lay in
   * one, so whoever keeps it for long copies it. The separator stands behind the view in the same memory, unless the
   * stream ended without one.
   */
  line(bytes: Uint8Array): void;
  /**
   * A line that is not handed on, with its first 64 KiB at most and, of one that is longer, its last 1 KiB, so that an id
   * may be recovered.
   */
  refused(code: 'LINE_TOO_LONG' | 'CARRIAGE_RETURN', detail: string, head: Uint8Array, tail: Uint8Array): void;
}

export interface LineLimits {
  /** Bytes without the separator. */
  readonly maxLine: number;
  /**
   * `refuse`: a 0x0D anywhere but directly before the separator, where Python's text streams would see another,
   * ungoverned line. `allow` is for what servers send: nothing reads it but clients.
   */
  readonly carriageReturns: 'refuse' | 'allow';
}

const MIB = 1024 * 1024;
export const CLIENT_LINES: LineLimits = { maxLine: 16 * MIB, carriageReturns: 'refuse' };
export const SERVER_LINES: LineLimits = { maxLine: 64 * MIB, carriageReturns: 'allow' };

const LF = 0x0a;
const CR = 0x0d;
const HEAD = 64 * 1024;
const TAIL = 1024;

/**
 * Splits chunks, however they are cut, into lines. Empty lines are dropped. A line over the limit is skipped without
 * being kept, and refused once: when it passes the limit, where its beginning holds its id, and otherwise at its end.
 * Chunks belong to the framer after `push`: their memory must not be written again.
 */
export class LineFramer {
  readonly #handler: LineHandler;
  readonly #limits: LineLimits;
  /** The beginning of a line whose end has not come: the first `#length` bytes of a buffer that grows by doubling. */
  #buffer = new Uint8Array(0);
  #length = 0;
  /** A line that became too long, while it is skipped: what is left of it until it is refused. */
  #long: { head: Uint8Array | null; tail: Uint8Array } | null = null;

  /** `limits` default to those for what a client sends. */
  constructor(handler: LineHandler, limits: Partial<LineLimits> = {}) {
    this.#handler = handler;
    this.#limits = { ...CLIENT_LINES, ...limits };
  }

  /** Takes the next chunk and hands on every line it completes. */
  push(chunk: Uint8Array): void {
    let from = 0;
    for (;;) {
      const at = chunk.indexOf(LF, from);
      if (at < 0) break;
      if (this.#long) this.#skip(chunk.subarray(from, at));
      else if (this.#length === 0) this.#complete(chunk.subarray(from, at));
      else if (this.#keep(chunk.subarray(from, at + 1))) this.#complete(this.#take(this.#length - 1));
      this.#endLong();
      from = at + 1;
    }
    if (from === chunk.length) return;
    if (this.#long) this.#skip(chunk.subarray(from));
    else this.#keep(chunk.subarray(from));
  }

  /**
   * The stream has ended. What came behind the last separator is a line too: a message that was cut off cannot read
   * as a whole JSON object, so nothing is made up by this.
   */
  end(): void {
    this.#endLong();
    if (this.#length > 0) this.#complete(this.#take(this.#length));
  }

  /** Adds to the open line, its separator included; false when it became too long and is now skipped. */
  #keep(part: Uint8Array): boolean {
    const length = this.#length + part.length;
    const separator = part[part.length - 1] === LF ? 1 : 0;
    if (length - separator > this.#limits.maxLine) {
      const head = new Uint8Array(Math.min(length, HEAD));
      const kept = Math.min(this.#length, head.length);
      head.set(this.#buffer.subarray(0, kept));
      head.set(part.subarray(0, head.length - kept), kept);
      const end = part.length - separator;
      this.#long = { head, tail: lastOf(this.#buffer.subarray(0, this.#length), part.subarray(0, end)) };
      this.#drop();
      if (recoverId(head) !== null) this.#refuseLong(this.#long);
      return false;
    }
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, Math.min(length * 2, this.#limits.maxLine + 1), 1024));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(part, this.#length);
    this.#length = length;
    return true;
  }

  #take(length: number): Uint8Array {
    const line = this.#buffer.subarray(0, length);
    this.#drop();
    return line;
  }

  #drop(): void {
    this.#buffer = new Uint8Array(0);
    this.#length = 0;
  }

  #complete(line: Uint8Array): void {
    if (line.length === 0 || (line.length === 1 && line[0] === CR)) return;
    const stray = this.#limits.carriageReturns === 'refuse' ? line.indexOf(CR) : -1;
    if (line.length > this.#limits.maxLine) this.#tooLong(...endsOf(line));
    else if (stray >= 0 && stray < line.length - 1)
      this.#handler.refused('CARRIAGE_RETURN', `at byte ${stray}`, ...endsOf(line));
    else this.#handler.line(line);
  }

  #skip(part: Uint8Array): void {
    if (this.#long) this.#long.tail = lastOf(this.#long.tail, part);
  }

  #endLong(): void {
    if (this.#long) this.#refuseLong(this.#long);
    this.#long = null;
  }

  #refuseLong(long: { head: Uint8Array | null; readonly tail: Uint8Array }): void {
    const { head, tail } = long;
    long.head = null;
    if (head) this.#tooLong(head, tail);
  }

  #tooLong(head: Uint8Array, tail: Uint8Array): void {
    this.#handler.refused('LINE_TOO_LONG', `the limit is ${this.#limits.maxLine} bytes`, head, tail);
  }
}

/** What is handed on of a line that is refused: its beginning, and its end where that is not in it. */
function endsOf(line: Uint8Array): [head: Uint8Array, tail: Uint8Array] {
  return [line.subarray(0, HEAD), line.subarray(Math.max(HEAD, line.length - TAIL))];
}

/** A copy of the last bytes of two parts one after the other. */
function lastOf(before: Uint8Array, after: Uint8Array): Uint8Array {
  const left = Math.max(0, TAIL - after.length);
  const first = left === 0 ? new Uint8Array(0) : before.subarray(-left);
  const second = after.subarray(-TAIL);
  const last = new Uint8Array(first.length + second.length);
  last.set(first);
  last.set(second, first.length);
  return last;
}
