import { useStatus } from '../../link/queries.ts';
import { Note } from '../../ui/Note.tsx';

/** That secrets lie in the sealed vault, and how to have a keychain instead. What keeps them from being read at all stands above every page. */
export function KeystoreNote() {
  const keystore = useStatus().data?.keystore;
  if (keystore?.kind !== 'vault' || keystore.state !== 'ready') return null;
  return (
    <Note tone="info" title="Kept in a vault file sealed with your passcode">
      {keystore.detail}
    </Note>
  );
}
