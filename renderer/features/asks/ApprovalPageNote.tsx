import { useLiveLink } from '../../link/LinkProvider.tsx';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';

/** Without a window to approve in: the way to the page that can, with a session of its own. */
export function ApprovalPageNote() {
  const link = useLiveLink();
  const open = useAction(async () => {
    const address = await link.approvalPage?.();
    if (address !== undefined) window.open(address, '_blank', 'noopener,popup,width=720,height=820');
  });
  return (
    <Note
      tone={open.refusal === null ? 'info' : 'bad'}
      title={
        open.refusal === null ? 'Answer on the approval page or on a terminal' : 'The approval page could not be opened'
      }
      actions={
        <Button size="sm" look="primary" busy={open.busy} onClick={() => open.run()}>
          Open approval page
        </Button>
      }
    >
      Approving needs the passcode. On a terminal: “countersign approve”.
    </Note>
  );
}
