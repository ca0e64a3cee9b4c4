/** One server's log in memory: bounded, searchable, newest kept. */
import type { LogLine } from '../../contract/server.ts';

export interface LogLimits {
  readonly lines: number;
  /** Characters of all lines together. */
  readonly characters: number;
  /** Characters of one line; the rest is cut and counted. */
  readonly line: number;
}

export const LOG_LIMITS: LogLimits = { lines: 2000, characters: 1 << 20, line: 8192 };

export class ServerLog {
  readonly #limits: LogLimits;
  readonly #lines: LogLine[] = [];
  #first = 0;
  #characters = 0;
  #seq = 0;

  constructor(limits: LogLimits = LOG_LIMITS) {
    this.#limits = limits;
  }

  /** Keeps a line, dropping the oldest where it gets too much; gives it with its number, from 1. */
  add(line: Omit<LogLine, 'seq'>): LogLine {
    const kept = { ...line, seq: ++this.#seq, text: cut(line.text, this.#limits.line) };
    this.#lines.push(kept);
    this.#characters += kept.text.length;
    while (this.#count() > this.#limits.lines || this.#characters > this.#limits.characters) {
      this.#characters -= this.#lines[this.#first++]?.text.length ?? 0;
    }
    // Dropping one by one from the front would move the whole array each time.
    if (this.#first > this.#limits.lines) this.#lines.splice(0, this.#first);
    if (this.#first > this.#lines.length) this.#first = 0;
    return kept;
  }

  /** The newest `limit` lines numbered above `after` that hold all of the words, in whatever case, oldest first. */
  read({ after, words, limit }: { after: number; words?: string | undefined; limit: number }): LogLine[] {
    const wanted = (words ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const found: LogLine[] = [];
    for (let i = this.#lines.length - 1; i >= this.#first && found.length < limit; i--) {
      const line = this.#lines[i] as LogLine;
      if (line.seq <= after) break;
      const text = line.text.toLowerCase();
      if (wanted.every((word) => text.includes(word))) found.push(line);
    }
    return found.reverse();
  }

  #count(): number {
    return this.#lines.length - this.#first;
  }
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length - limit} more characters)`;
}
