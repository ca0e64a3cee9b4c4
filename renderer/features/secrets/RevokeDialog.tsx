import type { SecretInfo } from '../../../main/contract/secret.ts';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { useToast } from '../../ui/Toast.tsx';

/** Asks once more before a secret is forgotten, and says what stops. */
export function RevokeDialog({ secret, open, onClose }: { secret: SecretInfo; open: boolean; onClose: () => void }) {
  const toast = useToast();
  const revoke = useAction(
    (link) => link.secrets.revoke({ name: secret.name }),
    () => {
      onClose();
      toast({ tone: 'good', title: `${secret.name} is revoked` });
    },
  );
  return (
    <Dialog open={open} onClose={onClose} title={`Revoke ${secret.name}?`} note={consequence(secret)}>
      <p className="mb-3 text-sm text-ink-soft">
        Countersign forgets it. Withdraw it where it was issued as well: whoever copied it still has it.
      </p>
      {revoke.refusal !== null && <ErrorState refusal={revoke.refusal} />}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Keep it
        </Button>
        <Button look="danger" busy={revoke.busy} onClick={() => revoke.run()}>
          Revoke secret
        </Button>
      </div>
    </Dialog>
  );
}

function consequence({ running, usedBy }: SecretInfo): string {
  if (running.length > 0) return `${running.join(', ')} ${running.length === 1 ? 'is' : 'are'} stopped at once.`;
  if (usedBy.length > 0) return `${usedBy.join(', ')} will not start until it is set again.`;
  return 'No server uses it.';
}
