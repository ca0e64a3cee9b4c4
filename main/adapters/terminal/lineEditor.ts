import { StringDecoder } from 'node:string_decoder';

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_U = '\x15';
const ESCAPE = '\x1b';
const BACKSPACE = new Set(['\x7f', '\b']);
const ENTER = new Set(['\r', '\n']);

/** Turns the bytes of a terminal in raw mode into one line; `echo` gets what should be seen. */
export class LineEditor {
  readonly #echo: (text: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #typed: string[] = [];

  constructor(echo: (text: string) => void) {
    this.#echo = echo;
  }

  /** The finished line, null when the person gave up, undefined while the line goes on. */
  type(bytes: Uint8Array): string | null | undefined {
    const text = this.#decoder.write(bytes);
    // Arrow keys and other sequences come as one chunk that starts with Escape: none of them is part of a line.
    if (text.startsWith(ESCAPE)) return undefined;
    for (const character of text) {
      if (ENTER.has(character)) return this.#typed.join('');
      if (character === CTRL_C || character === CTRL_D) return null;
      if (character === CTRL_U) this.#erase(this.#typed.length);
      else if (BACKSPACE.has(character)) this.#erase(Math.min(1, this.#typed.length));
      else if (character >= ' ') {
        this.#typed.push(character);
        this.#echo(character);
      }
    }
    return undefined;
  }

  #erase(count: number) {
    this.#typed.splice(this.#typed.length - count, count);
    this.#echo('\b \b'.repeat(count));
  }
}
