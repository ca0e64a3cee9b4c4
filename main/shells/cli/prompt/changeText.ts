import type { FileChange, FileState } from '../../../contract/change.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { fileChange } from './fileChange.ts';

/** Lines of a change shown before the person asks for all of it. */
const MOST = 60;

/** What becomes of a file, line by line where it can be compared; `cut` when lines are left out. */
export function changeText(change: FileChange, paint: Paint, full: boolean): { lines: string[]; cut: boolean } {
  const { act, path, before, after, to } = change;
  const [was, is] = [textOf(before), textOf(after)];
  if (act !== 'move' && act !== 'copy' && was !== undefined && is !== undefined) {
    const lines = fileChange({ file: path, before: was, after: is }, paint);
    if (full || lines.length <= MOST) return { lines, cut: false };
    return {
      lines: [...lines.slice(0, MOST), paint.warn(`… ${lines.length - MOST} more lines of the change not shown …`)],
      cut: true,
    };
  }
  const there = to === undefined ? '' : ` to ${visible(to.path)} (there now: ${stateWords(to.before)})`;
  const then = after === null ? 'not known' : stateWords(after);
  return {
    lines: [paint.bold(`${visible(path)}${there}`), `now: ${stateWords(before)}; then: ${then}`],
    cut: false,
  };
}

function textOf(state: FileState | null): string | null | undefined {
  if (state?.kind === 'text') return state.text;
  return state?.kind === 'absent' ? null : undefined;
}

function stateWords(state: FileState): string {
  switch (state.kind) {
    case 'absent':
      return 'nothing';
    case 'folder':
      return 'a folder';
    case 'unfit':
      return `not known: the text that edit ${state.edit} replaces is not in the file word for word`;
    case 'unread':
      return state.why === 'protected' ? 'a protected place, which is not read' : 'could not be read';
    case 'text':
    case 'binary':
    case 'large':
      return `${state.bytes} bytes${state.kind === 'binary' ? ' that are no text' : state.kind === 'large' ? ', too much to compare' : ''}`;
  }
}
