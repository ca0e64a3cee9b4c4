import type { SecretInfo } from '../../../main/contract/secret.ts';
import { useAction } from '../../link/useAction.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
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
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Revoke ${secret.name}?`}
      note={consequence(secret)}
      verb="Revoke secret"
      action={revoke}
    >
      <p className="text-sm text-ink-soft">
        Countersign forgets it. Withdraw it where it was issued as well: whoever copied it still has it.
      </p>
    </ConfirmDialog>
  );
}

function consequence({ running, usedBy, putsBack }: SecretInfo): string {
  if (running.length > 0) return `${running.join(', ')} ${running.length === 1 ? 'is' : 'are'} stopped at once.`;
  if (usedBy.length > 0) return `${usedBy.join(', ')} will not start until it is set again.`;
  if (putsBack.length > 0) return `${putsBack.join(', ')} cannot be put back as it was any more.`;
  return 'No server uses it.';
}
