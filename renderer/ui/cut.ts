/** Long values as head, tail and the number of characters between them (SECURITY.md prompt rule 5). */
import { RUNS } from './visible.ts';

export interface CutText {
  readonly head: string;
  /** Characters (UTF-16 units) between head and tail; 0 when nothing was cut. */
  readonly hidden: number;
  readonly tail: string;
}

export const HEAD = 600;
export const TAIL = 200;
/** More lines than this are cut as well, however short they are. */
export const LINES = 18;

/** Whether a value is longer than is shown at once. */
export function isCut(text: string): boolean {
  return cutText(text).hidden > 0;
}

/** Cuts `text` when it is too long or has too many lines. Never splits a surrogate pair. */
export function cutText(text: string): CutText {
  if (!isLong(text)) return { head: text, hidden: 0, tail: '' };
  // A flood of one character is drawn as one mark, however long it is.
  if (!isLong(text.replace(RUNS, '×'))) return { head: text, hidden: 0, tail: '' };
  const lines = text.split('\n', LINES + 1);
  let headEnd = Math.min(HEAD, text.length);
  if (lines.length > LINES) headEnd = Math.min(headEnd, lines.slice(0, LINES - 6).join('\n').length);
  let tailStart = Math.max(headEnd, text.length - TAIL);
  const tailLines = text.slice(tailStart).split('\n');
  if (tailLines.length > 5) tailStart = text.length - tailLines.slice(-5).join('\n').length;
  if (isLow(text, headEnd)) headEnd += 1;
  if (isLow(text, tailStart)) tailStart += 1;
  return { head: text.slice(0, headEnd), hidden: tailStart - headEnd, tail: text.slice(tailStart) };
}

const isLong = (text: string): boolean => text.length > HEAD + TAIL + 100 || text.split('\n', LINES + 1).length > LINES;

function isLow(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
