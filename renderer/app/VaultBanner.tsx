import { useLiveLink } from '../link/LinkProvider.tsx';
import { useStatus } from '../link/queries.ts';
import { useAction } from '../link/useAction.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Note.tsx';

/** Without keys nothing starts and nothing is approved: says so, and leads to where the vault is opened. */
export function VaultBanner() {
  const link = useLiveLink();
  const keystore = useStatus().data?.keystore;
  const look = useAction((client) => client.daemon.lookForKeys());
  if (keystore === undefined || keystore.state === 'ready') return null;
  const bridge = link.kind === 'window' ? window.countersign : undefined;
  const absent = keystore.state === 'absent';
  const keychain = keystore.kind === 'keychain';
  return (
    <div className="px-8 pt-4">
      <Note
        tone="warn"
        live
        title={
          absent
            ? 'There is no place for keys and secrets yet'
            : keychain
              ? 'The keychain is locked'
              : 'The vault is locked'
        }
        actions={
          <>
            {(absent || keychain) && (
              <Button size="sm" busy={look.busy} onClick={() => look.run()}>
                Look again
              </Button>
            )}
            {!keychain && bridge?.showPrompt !== undefined && (
              <Button size="sm" look="primary" onClick={() => bridge.showPrompt?.()}>
                {absent ? 'Choose a passcode' : 'Open the vault'}
              </Button>
            )}
          </>
        }
      >
        {keystore.detail} Until then nothing starts and governed calls are refused.
      </Note>
    </div>
  );
}
