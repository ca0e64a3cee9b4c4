import { type FormEvent, useState } from 'react';
import type { Refusal } from '../../main/contract/errors.ts';
import type { KeystoreState } from '../../main/contract/secret.ts';
import { Button } from '../ui/Button.tsx';
import { PasswordInput } from '../ui/Field.tsx';
import { Seal } from '../ui/Seal.tsx';
import { ErrorState } from '../ui/States.tsx';
import type { Door } from './door.ts';
import { passcodeFault } from './passcodes.ts';
import { refusalOf } from './refusalOf.ts';

/** Opens the sealed vault with the passcode, or makes it with a new one where there is none. */
export function Unlock({ door, keystore }: { door: Door; keystore: KeystoreState }) {
  const makes = keystore.state === 'absent';
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const fault = makes ? passcodeFault(first, second) : first === '' ? 'Type the passcode.' : undefined;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (fault !== undefined || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await door.passcode.unlock({ passcode: first });
    } catch (error) {
      setRefused(refusalOf(error));
      setFirst('');
      setSecond('');
      setTried(false);
    }
    setBusy(false);
  }

  return (
    <main className="flex h-full flex-col items-center justify-center overflow-y-auto p-8">
      <form onSubmit={(event) => void submit(event)} className="w-full max-w-sm space-y-4">
        <Seal size={36} />
        <div>
          <h1 className="text-xl font-semibold tracking-tight">
            {makes ? 'Choose a passcode for the vault' : 'Open the vault'}
          </h1>
          <p className="mt-1 text-sm text-ink-soft">
            {makes
              ? 'This machine has no keychain, so keys and secrets are sealed with a passcode. It cannot be recovered: keep it where no agent reads.'
              : 'Keys and secrets of this device are sealed with your passcode.'}
          </p>
          <p className="mt-1 text-xs text-ink-faint">{keystore.detail}</p>
        </div>
        <PasswordInput
          label="Passcode"
          value={first}
          autoFocus
          onChange={(event) => setFirst(event.target.value)}
          note={makes ? 'Eight characters or more.' : undefined}
          error={tried ? fault : undefined}
        />
        {makes && (
          <PasswordInput label="Passcode again" value={second} onChange={(event) => setSecond(event.target.value)} />
        )}
        {refused !== null && <ErrorState refusal={refused} />}
        <Button type="submit" look="primary" size="lg" busy={busy} className="w-full">
          {makes ? 'Make the vault' : 'Open the vault'}
        </Button>
      </form>
    </main>
  );
}
