import type { FileChange, FileState } from '../../contract/change.ts';
import { many } from './effectWords.ts';
import { shown } from './shown.ts';

/** What becomes of a file, from what it holds now and from the bytes that will run. */
export function changeEffect({ act, path, before, after, to, lines }: FileChange): string {
  const place = shown(path);
  const change = lines === null ? sizes(before, after) : changed(lines);
  switch (act) {
    case 'write':
      if (before.kind === 'absent') return `Create ${place}${amount(after)}`;
      return lines !== null && lines.added + lines.removed === 0
        ? `Write ${place} again as it is`
        : `Overwrite ${place}${change}`;
    case 'append':
      return before.kind === 'absent' ? `Create ${place}${amount(after)}` : `Append to ${place}${change}`;
    case 'edit':
      return `Edit ${place}${change}`;
    case 'delete':
      return before.kind === 'folder'
        ? `Delete the folder ${place} and what is in it`
        : `Delete ${place}${amount(before)}`;
    case 'move':
    case 'copy': {
      const verb = act === 'move' ? 'Move' : 'Copy';
      const over =
        to === undefined || to.before.kind === 'absent'
          ? ''
          : to.before.kind === 'folder'
            ? ', a folder'
            : ', which is there already';
      return `${verb} ${place} to ${to === undefined ? 'nowhere' : shown(to.path)}${over}`;
    }
  }
}

function changed({ added, removed }: { added: number; removed: number }): string {
  if (removed === 0) return ` (${many(added, 'line')} more)`;
  if (added === 0) return ` (${many(removed, 'line')} less)`;
  return added === removed
    ? ` (${many(added, 'line')} ${added === 1 ? 'changes' : 'change'})`
    : ` (${many(added, 'line')} added, ${removed} removed)`;
}

function amount(state: FileState | null): string {
  if (state?.kind === 'text') {
    const count = state.text === '' ? 0 : state.text.replace(/\n$/, '').split('\n').length;
    return count === 0 ? ' (empty)' : ` (${many(count, 'line')})`;
  }
  return state !== null && 'bytes' in state ? ` (${many(state.bytes, 'byte')})` : '';
}

function sizes(before: FileState, after: FileState | null): string {
  const [was, is] = [before, after].map((state) => (state !== null && 'bytes' in state ? state.bytes : null));
  if (was == null) return '';
  return is == null ? ` (${many(was, 'byte')} now)` : ` (${many(was, 'byte')} now, ${is} then)`;
}
