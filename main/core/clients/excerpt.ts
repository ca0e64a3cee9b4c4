/** The part of a file that changed, as a person may see it. */
import { type Masker, maskText } from '../egress/masker.ts';

/** Whole lines around what changed; a line longer than this is not shown around it. */
const LONGEST_LINE = 500;
const CONTEXT_LINES = 2;

export interface Excerpt {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Where two texts differ, with a little of what is around it. Secrets are masked: known ones in `name` by their name. */
export function excerpt(
  before: string,
  after: string,
  masker: Pick<Masker, 'find'>,
  name: ReadonlyMap<string, string>,
): Excerpt {
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < least - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const from = widened(before, start, -1);
  const end = widened(before, before.length - tail, 1);
  // The line break at the end is not part of what is shown, all of it.
  const to = end > before.length - tail && before[end - 1] === '\r' ? end - 1 : end;
  const show = (text: string, end: number) => masked(text, from, end, masker, name);
  return {
    line: before.slice(0, from).split('\n').length,
    before: show(before, to),
    after: show(after, to + after.length - before.length),
  };
}

/** From a place back to the start of its line, or on to its end, and a few short lines further. */
function widened(text: string, offset: number, direction: 1 | -1): number {
  let at = offset;
  for (let lines = 0; lines <= CONTEXT_LINES; lines++) {
    // The break of the line before, or after, this one does not end the search for the next.
    const step = lines === 0 ? 0 : 1;
    if (direction < 0 ? at - step < 0 : at + step > text.length) break;
    const found = direction < 0 ? text.lastIndexOf('\n', at - step - 1) + 1 : text.indexOf('\n', at + step);
    const end = direction < 0 ? (at - step <= 0 ? 0 : found) : found < 0 ? text.length : found;
    if (Math.abs(end - at) > LONGEST_LINE) break;
    at = end;
  }
  return at;
}

/** What the whole text shows to be a secret is masked, also where only a part of it is in sight. */
function masked(
  text: string,
  from: number,
  to: number,
  masker: Pick<Masker, 'find'>,
  name: ReadonlyMap<string, string>,
): string {
  const known = [...name].flatMap(([secret, value]) =>
    [...new Set([JSON.stringify(value).slice(1, -1), value])].flatMap((form) =>
      places(text, form, `[secret ${secret}]`),
    ),
  );
  const guessed = masker
    .find(text)
    .map(({ start, length, rule }) => ({ start, end: start + length, by: maskText(rule) }));
  const covered = new Uint8Array(text.length);
  for (const { start, end } of known) covered.fill(1, start, end);
  const spans = [...known, ...guessed.filter(({ start, end }) => !covered.subarray(start, end).includes(1))];
  let shown = '';
  let at = from;
  for (const { start, end, by } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= at || start >= to) continue;
    shown += text.slice(at, Math.max(at, start)) + by;
    at = Math.min(end, to);
  }
  return shown + text.slice(at, to);
}

interface Shown {
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly by: string;
}

function places(text: string, form: string, by: string): Shown[] {
  const found: Shown[] = [];
  for (let at = text.indexOf(form); form !== '' && at >= 0; at = text.indexOf(form, at + form.length))
    found.push({ start: at, end: at + form.length, by });
  return found;
}
