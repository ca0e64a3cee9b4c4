import { useStatus } from '../../link/queries.ts';
import { Note } from '../../ui/Note.tsx';

const TITLES = {
  ready: 'Kept in a vault file sealed with your passcode',
  locked: 'Locked: nothing can be read or kept until it is opened',
  absent: 'There is no place to keep secrets',
} as const;

/** Where secrets are kept when that is not an ordinary keychain in order, and what a person can do about it. */
export function KeystoreNote() {
  const keystore = useStatus().data?.keystore;
  if (keystore === undefined || (keystore.kind === 'keychain' && keystore.state === 'ready')) return null;
  return (
    <Note tone={keystore.state === 'ready' ? 'info' : 'warn'} title={TITLES[keystore.state]}>
      {keystore.detail}
    </Note>
  );
}
