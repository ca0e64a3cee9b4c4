import type { AskView } from '../../main/contract/ask.ts';
import type { Refusal } from '../../main/contract/errors.ts';
import { Button } from './Button.tsx';
import { Note } from './Note.tsx';
import { ErrorState } from './States.tsx';

/** What became of something that needs a person's answer: waiting, answered, or refused at once. */
export function AskNotice({
  view,
  refusal,
  where,
  onDismiss,
}: {
  view: AskView | null;
  refusal: Refusal | null;
  /** Where the person answers. */
  where: 'window' | 'page';
  onDismiss: () => void;
}) {
  if (refusal !== null) return <ErrorState refusal={refusal} />;
  if (view === null) return null;
  const dismiss = (
    <Button size="sm" look="quiet" onClick={onDismiss}>
      Dismiss
    </Button>
  );
  switch (view.state) {
    case 'open':
      return (
        <Note
          tone="info"
          live
          title={where === 'window' ? 'Waiting in the approval window' : 'Waiting on the approval page'}
        >
          {where === 'window'
            ? 'Nothing changes until you answer there. This window cannot approve.'
            : 'Nothing changes until you answer on the approval page with your passcode, or run “countersign approve” on a terminal.'}
        </Note>
      );
    case 'approved':
      return <Note tone="good" live title="Approved, and in force now" actions={dismiss} />;
    case 'second':
      return <Note tone="warn" live title="Allowed here; it waits for a second person" actions={dismiss} />;
    case 'denied':
      return (
        <Note tone="bad" live title="Denied: nothing changed" actions={dismiss}>
          {view.note}
        </Note>
      );
    case 'timed-out':
      return <Note tone="warn" live title="Nobody answered in time: nothing changed" actions={dismiss} />;
    case 'withdrawn':
      return (
        <Note tone="warn" live title="Withdrawn: nothing changed" actions={dismiss}>
          {view.note}
        </Note>
      );
  }
}
