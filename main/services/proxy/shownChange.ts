/** What a call would do to files, read from the disk while it is asked about, and whether that still holds. */
import type { FileChange, FileState } from '../../contract/change.ts';
import { type Refusal, refusal } from '../../contract/errors.ts';
import type { CallFacts } from '../../core/gate/facts.ts';
import { editedText, type FileAct, fileAct } from '../../core/gate/fileActs.ts';
import { shown, utf8Length } from '../../core/gate/shown.ts';
import type { Hash } from '../approvals/askHash.ts';
import type { CountLines, PresentFiles } from './ports.ts';

export interface ChangeDeps {
  readonly files: PresentFiles;
  readonly countLines: CountLines;
  readonly hash: Hash;
}

/** The changes to files that the arguments ask for; none when where they lead is not certain. Protected places are not read. */
export async function shownChanges(deps: ChangeDeps, tool: string, facts: CallFacts): Promise<FileChange[]> {
  const act = fileAct(tool, facts.leaves);
  if (act === null) return [];
  const { real, led, protected: groups } = facts.places;
  const path = real.get(act.place);
  // What deletes or moves a link acts on the link, and leaves alone what it leads to.
  const linked = led.some(({ text }) => text === facts.leaves.get(act.place));
  if (path === undefined || (linked && (act.act === 'delete' || act.act === 'move'))) return [];
  const read = (place: string) => (groups.length > 0 ? UNREAD : deps.files.read(place));
  const before = await read(path);
  if (act.act === 'move' || act.act === 'copy') {
    const to = real.get(act.to);
    if (to === undefined) return [];
    const after: FileState | null = act.act === 'move' ? { kind: 'absent' } : before;
    return [{ act: act.act, path, before, after, to: { path: to, before: await read(to) }, lines: null }];
  }
  const after = afterwards(deps, act, before);
  const content = 'content' in act && after?.kind === 'text' ? { content: act.content } : {};
  return [{ act: act.act, path, before, after, lines: lines(deps, before, after), ...content }];
}

/** The refusal when a file is no longer what was shown; null when all are (SECURITY.md, prompt rule 3). */
export async function filesChanged({ files }: ChangeDeps, changes: readonly FileChange[]): Promise<Refusal | null> {
  for (const { path, before, to } of changes) {
    for (const [place, was] of [[path, before] as const, ...(to ? [[to.path, to.before] as const] : [])]) {
      if (was.kind === 'unread' && was.why === 'protected') continue;
      if (!same(was, await files.read(place)))
        return refusal('ASK_CHANGED', `${shown(place)} is not what it was when it was shown`);
    }
  }
  return null;
}

const UNREAD: FileState = { kind: 'unread', why: 'protected' };

function same(a: FileState, b: FileState): boolean {
  return a.kind === b.kind && (!('version' in a) || !('version' in b) || a.version === b.version);
}

/** What would be there, as the arguments say; null where the present content would be needed and is not known, or too much is done to it. */
function afterwards(
  deps: ChangeDeps,
  act: Exclude<FileAct, { act: 'move' | 'copy' }>,
  before: FileState,
): FileState | null {
  if (act.act === 'delete') return { kind: 'absent' };
  if (before.kind === 'folder') return null;
  if (act.act === 'write') return textState(deps, act.text);
  const now = before.kind === 'text' ? before.text : before.kind === 'absent' ? '' : null;
  if (now === null) return null;
  if (act.act === 'append') return textState(deps, now + act.text);
  const edited = editedText(now, act.edits, act.all);
  if (edited === null) return null;
  return typeof edited === 'string' ? textState(deps, edited) : { kind: 'unfit', edit: edited.unfit };
}

function textState({ files, hash }: ChangeDeps, text: string): FileState {
  const version = hash(new TextEncoder().encode(text));
  const bytes = utf8Length(text);
  if (bytes > files.mostBytes) return { kind: 'large', bytes, version };
  return text.includes('\0') ? { kind: 'binary', bytes, version } : { kind: 'text', text, bytes, version };
}

function lines({ countLines }: ChangeDeps, before: FileState, after: FileState | null): FileChange['lines'] {
  const [was, is] = [textOf(before), textOf(after)];
  return was === null || is === null ? null : countLines(was, is);
}

function textOf(state: FileState | null): string | null {
  if (state?.kind === 'text') return state.text;
  return state?.kind === 'absent' ? '' : null;
}
