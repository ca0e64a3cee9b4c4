/** A search text divided at white space, quotes kept together. */
import type { SearchFault, TextSpan } from '../../contract/search.ts';

/** A part of a token: a value between commas, or the whole. */
export interface Piece extends TextSpan {
  readonly text: string;
  readonly quoted: boolean;
}

export interface Token extends TextSpan {
  readonly not: boolean;
  /** What stands before the colon; null without one. */
  readonly field: Piece | null;
  readonly values: readonly Piece[];
}

/** All tokens in order; the fault is a quote that does not end. */
export function tokensOf(text: string): { tokens: Token[]; fault: SearchFault | null } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const not = text.charAt(at) === '-' && at + 1 < text.length && !/\s/.test(text.charAt(at + 1));
    if (not) at += 1;
    const named = /^([A-Za-z]+):/.exec(text.slice(at));
    const field = named?.[1] === undefined ? null : piece(text, at, at + named[1].length);
    if (named) at += named[0].length;
    const values: Piece[] = [];
    for (;;) {
      const value = pieceAt(text, at, field !== null);
      if (value === null) {
        const fault = { message: 'This quotation mark has no end.', start: at, end: text.length };
        return { tokens, fault };
      }
      values.push(value);
      at = value.end;
      if (field === null || text.charAt(at) !== ',') break;
      at += 1;
    }
    tokens.push({ start, end: at, not, field, values });
  }
  return { tokens, fault: null };
}

/** The value that begins here; null when its quote does not end. */
function pieceAt(text: string, at: number, listed: boolean): Piece | null {
  if (text.charAt(at) === '"') {
    const end = text.indexOf('"', at + 1);
    return end < 0 ? null : { text: text.slice(at + 1, end), start: at, end: end + 1, quoted: true };
  }
  const stop = (listed ? /[\s,]/ : /\s/).exec(text.slice(at));
  return piece(text, at, stop === null ? text.length : at + stop.index);
}

function piece(text: string, start: number, end: number): Piece {
  return { text: text.slice(start, end), start, end, quoted: false };
}
