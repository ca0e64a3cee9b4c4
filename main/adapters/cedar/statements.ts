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

/** The line, from 1, of a character offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** The line, from 1, of an offset in UTF-8 bytes, which is how Cedar counts. */
export function lineAtByte(text: string, offset: number): number {
  return lineAt(text, Buffer.from(text).subarray(0, offset).toString().length);
}
