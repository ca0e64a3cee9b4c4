/** Whether a change to a file can be shown as one. */
import type { FileChange, FileState } from '../../main/contract/change.ts';
import { isDiffCut, lineDiff } from './lineDiff.ts';

/** The two texts of a change; null where one of them is not known as text. A text that is not there is null. */
export function comparable({ act, before, after }: FileChange): { before: string | null; after: string | null } | null {
  if (act === 'move' || act === 'copy') return null;
  const [was, is] = [textOf(before), textOf(after)];
  if (was === undefined || is === undefined || (was === null && is === null)) return null;
  return { before: was, after: is };
}

/** Whether a part of the difference is not in sight at first. */
export function isChangeCut(change: FileChange): boolean {
  const texts = comparable(change);
  return texts !== null && isDiffCut(lineDiff(texts.before ?? '', texts.after ?? ''));
}

function textOf(state: FileState | null): string | null | undefined {
  if (state?.kind === 'text') return state.text;
  return state?.kind === 'absent' ? null : undefined;
}
