import type { Paint } from '../paint.ts';
import { visibleLines } from '../visible.ts';

/** A file before and after, whole: removed lines first, then added ones; unchanged lines at both ends are left out. */
export function fileChange(
  file: { file: string; before: string | null; after: string | null },
  paint: Paint,
): string[] {
  const [before, after] = [linesOf(file.before), linesOf(file.after)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const alike = start > 0 && start === before.length && start === after.length && file.before !== file.after;
  return [
    `${paint.bold(visibleLines(file.file).join(' '))}${paint.dim(start > 0 ? `  from line ${start + 1}` : '')}`,
    ...before.slice(start, before.length - end).map((line) => paint.bad(`- ${line}`)),
    ...after.slice(start, after.length - end).map((line) => paint.good(`+ ${line}`)),
    ...(alike ? [paint.dim('Only the ends of lines differ.')] : []),
  ];
}

/** The line feed at the end of a text ends its last line: it begins no further one. */
function linesOf(text: string | null): string[] {
  return text ? visibleLines(text.replace(/\n$/, '')) : [];
}
