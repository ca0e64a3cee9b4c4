/** Lines that changed between two texts, with a little of what surrounds them. */
import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'skipped';
  readonly text: string;
  /** 1-based line numbers; null on the side where the line is not. */
  readonly before: number | null;
  readonly after: number | null;
}

const CONTEXT = 3;

/** A unified diff; long unchanged stretches become one `skipped` line that counts them. Changed lines are never left out. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let left = 1;
  let right = 1;
  for (const part of diffLines(withEnd(before), withEnd(after))) {
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (part.added) lines.push({ kind: 'added', text, before: null, after: right++ });
      else if (part.removed) lines.push({ kind: 'removed', text, before: left++, after: null });
      else lines.push({ kind: 'same', text, before: left++, after: right++ });
    }
  }
  return fold(lines);
}

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
    result.push({
      kind: 'skipped',
      text: `${count} unchanged ${count === 1 ? 'line' : 'lines'}`,
      before: null,
      after: null,
    });
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
