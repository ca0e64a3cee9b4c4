/** Lines that changed between two texts, with a little of what surrounds them. */
import { type ChangeObject, diffLines } from 'diff';
import { isCut } from './cut.ts';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'skipped';
  readonly text: string;
  /** 1-based line numbers; null on the side where the line is not. */
  readonly before: number | null;
  readonly after: number | null;
}

const CONTEXT = 3;
/** Texts that take longer to compare, in milliseconds, are shown as wholly other: a prompt must not wait. */
const MOST_MS = 300;
/** Of a longer difference the beginning and the end are in sight. */
const MANY = 140;
const HEAD = 110;
const TAIL = 20;

/** A unified diff; long unchanged stretches become one `skipped` line that counts them. Changed lines are never left out. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let left = 1;
  let right = 1;
  const windows = endsLikeWindows(before) && endsLikeWindows(after);
  const [was, is] = [before, after].map((text) => withEnd(windows ? text.replaceAll('\r\n', '\n') : text));
  if (was === is) return before === after ? [] : [note('Only the line feed at the end differs.')];
  for (const part of compared(was ?? '', is ?? '')) {
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (part.added) lines.push({ kind: 'added', text, before: null, after: right++ });
      else if (part.removed) lines.push({ kind: 'removed', text, before: left++, after: null });
      else lines.push({ kind: 'same', text, before: left++, after: right++ });
    }
  }
  return fold(lines);
}

function compared(before: string, after: string): Pick<ChangeObject<string>, 'added' | 'removed' | 'value'>[] {
  const parts = diffLines(before, after, { timeout: MOST_MS });
  if (parts !== undefined) return parts;
  return [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
}

/** Whether every line ends with a carriage return before its line feed: then that is no news. */
const endsLikeWindows = (text: string): boolean => !/(^|[^\r])\n/.test(text);

const note = (text: string): DiffLine => ({ kind: 'skipped', text, before: null, after: null });

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function fold(lines: readonly DiffLine[]): DiffLine[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((line) => line.kind !== 'same'),
  );
  const result: DiffLine[] = [];
  for (let i = 0; i < lines.length; ) {
    if (near[i]) {
      result.push(lines[i] as DiffLine);
      i += 1;
      continue;
    }
    const end = near.indexOf(true, i);
    const count = (end === -1 ? lines.length : end) - i;
    result.push(note(`${count.toLocaleString()} unchanged ${count === 1 ? 'line' : 'lines'}`));
    i += count;
  }
  return result;
}

/** Number of added and removed lines. */
export function changedLines(lines: readonly DiffLine[]): { added: number; removed: number } {
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}

/** The lines in sight at first, in two parts when lines between them are not. */
export function firstLines(lines: readonly DiffLine[]): {
  head: readonly DiffLine[];
  tail: readonly DiffLine[];
  hidden: number;
} {
  if (lines.length <= MANY) return { head: lines, tail: [], hidden: 0 };
  return { head: lines.slice(0, HEAD), tail: lines.slice(-TAIL), hidden: lines.length - HEAD - TAIL };
}

/** Whether a line, or a part of one, is not in sight at first. */
export function isDiffCut(lines: readonly DiffLine[]): boolean {
  return lines.length > MANY || lines.some(({ text }) => isCut(text));
}
