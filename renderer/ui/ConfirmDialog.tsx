import type { ReactNode } from 'react';
import type { Refusal } from '../../main/contract/errors.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { ErrorState } from './States.tsx';

/** Asks once more before something is gone, and says what goes with it. Keeping it comes first. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  note,
  children,
  verb,
  action,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  note: string;
  children?: ReactNode;
  /** What the button says: `Remove server`. */
  verb: string;
  action: { readonly busy: boolean; readonly refusal: Refusal | null; run(): void };
}) {
  return (
    <Dialog open={open} onClose={onClose} title={title} note={note}>
      <div className="space-y-3">
        {children}
        {action.refusal !== null && <ErrorState refusal={action.refusal} />}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button look="danger" busy={action.busy} onClick={() => action.run()}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
