/** Where in a Cedar file each policy stands: Cedar's own splitting gives the texts without their places. */
import { TOKEN } from './tokens.ts';

export interface Statement {
  /** Offset of its first character that is neither white space nor comment. */
  readonly start: number;
  /** Up to and with its semicolon. */
  readonly text: string;
}

/** The policies of a text, provided that Cedar parses it: a semicolon outside strings and comments ends each of them. */
export function statements(text: string): Statement[] {
  const found: Statement[] = [];
  let start: number | null = null;
  for (const token of text.matchAll(TOKEN)) {
    if (token[0].startsWith('//') || token[0].trim() === '') continue;
    start ??= token.index;
    if (token[0] !== ';') continue;
    found.push({ start, text: text.slice(start, token.index + 1) });
    start = null;
  }
  return found;
}

/** Tells the line, from 1, of an offset: of characters in a text, of bytes in its UTF-8, which is how Cedar counts. */
export function linesOf(text: string | Buffer): (offset: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return (offset) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
