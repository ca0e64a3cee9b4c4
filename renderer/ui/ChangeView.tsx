import { ArrowRight } from 'lucide-react';
import type { FileChange, FileState } from '../../main/contract/change.ts';
import { Badge, type Tone } from './Badge.tsx';
import { byteWords } from './byteWords.ts';
import { comparable } from './comparable.ts';
import { DiffView } from './DiffView.tsx';
import { Note } from './Note.tsx';
import { VisibleText } from './VisibleText.tsx';

/** What becomes of one file: compared line by line where both are text, and told plainly where they are not. */
export function ChangeView({ change, onOpen }: { change: FileChange; onOpen?: () => void }) {
  const { path, before, after, to, lines } = change;
  const texts = comparable(change);
  const { tone, label } = headOf(change);
  return (
    <div className="space-y-2">
      <div className="flex items-start gap-2 text-xs">
        <Badge tone={tone}>{label}</Badge>
        <span className="min-w-0 font-mono font-medium wrap-anywhere">
          <VisibleText ends text={path} breaks={false} />
          {to !== undefined && (
            <>
              <ArrowRight aria-label="to" size={12} className="mx-1 inline text-ink-faint" />
              <VisibleText ends text={to.path} breaks={false} />
            </>
          )}
        </span>
        {lines !== null && lines.added + lines.removed > 0 && (
          <span className="ml-auto shrink-0 font-medium">
            <span className="text-good-ink">+{lines.added.toLocaleString()}</span>{' '}
            <span className="text-bad-ink">−{lines.removed.toLocaleString()}</span>
          </span>
        )}
      </div>
      {texts !== null && <DiffView bare name={path} before={texts.before} after={texts.after} onOpen={onOpen} />}
      {to !== undefined && to.before.kind !== 'absent' && (
        <Note tone="warn" title="Something is there already">
          {stateWords(to.before)} It may be replaced.
        </Note>
      )}
      {after?.kind === 'unfit' && (
        <Note tone="warn" title={`Edit ${after.edit} does not fit the file`}>
          The text it replaces is not in there word for word. The server may refuse it, or fit it in its own way: what
          the file becomes is not known. The edits are below.
        </Note>
      )}
      {texts === null && to === undefined && after?.kind !== 'unfit' && (
        <p className="rounded-lg border border-line bg-panel px-3 py-2 text-sm text-ink-soft">
          <span className="font-medium text-ink">Now: </span>
          {stateWords(before)} <span className="font-medium text-ink">Then: </span>
          {after === null ? 'Not known.' : stateWords(after)}
        </p>
      )}
    </div>
  );
}

function headOf({ act, before, lines }: FileChange): { tone: Tone; label: string } {
  switch (act) {
    case 'write':
      if (before.kind === 'absent') return { tone: 'good', label: 'New file' };
      if (lines !== null && lines.added + lines.removed === 0) return { tone: 'quiet', label: 'Stays as it is' };
      return { tone: 'warn', label: 'Overwritten' };
    case 'append':
      return before.kind === 'absent' ? { tone: 'good', label: 'New file' } : { tone: 'info', label: 'Added to' };
    case 'edit':
      return { tone: 'warn', label: 'Edited' };
    case 'delete':
      return { tone: 'bad', label: 'Deleted' };
    case 'move':
      return { tone: 'warn', label: 'Moved' };
    case 'copy':
      return { tone: 'info', label: 'Copied' };
  }
}

function stateWords(state: FileState): string {
  switch (state.kind) {
    case 'absent':
      return 'Nothing.';
    case 'text':
      return `${byteWords(state.bytes)} of text.`;
    case 'binary':
      return `${byteWords(state.bytes)} that are no text.`;
    case 'large':
      return `${byteWords(state.bytes)}, too much to be compared here.`;
    case 'folder':
      return 'A folder.';
    case 'unfit':
      return 'Not known.';
    case 'unread':
      return state.why === 'protected'
        ? 'A protected place, which is not read.'
        : state.why === 'special'
          ? 'Neither a file nor a folder.'
          : 'It could not be read.';
  }
}
