import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { refusalOf } from '../link/refusal.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { PasswordInput, TextInput } from '../ui/Field.tsx';
import { Note } from '../ui/Note.tsx';
import { Seal } from '../ui/Seal.tsx';
import { ErrorState } from '../ui/States.tsx';
import { fleet, queries } from './fleet.ts';

const open = async (token: string) => {
  await fleet.session.open({ token: token.trim() });
  await queries.invalidateQueries();
};

/** Signing in with an operator token, or founding the first organisation with the bootstrap token. */
export function SignIn() {
  const [founding, setFounding] = useState(false);
  /** The token is in sight: nothing leads away from it but having kept it. */
  const [founded, setFounded] = useState(false);
  return (
    <main className="grid min-h-full place-items-center p-6">
      <div className="w-full max-w-md space-y-5 rounded-xl border border-line bg-panel p-6 shadow-panel">
        <h1 className="flex items-center gap-2 text-lg font-semibold">
          <Seal size={22} /> Countersign collector
        </h1>
        {founding ? <Found onFounded={() => setFounded(true)} /> : <Enter />}
        {!founded && (
          <button
            type="button"
            onClick={() => setFounding(!founding)}
            className="text-xs text-accent-ink underline-offset-2 hover:underline"
          >
            {founding ? 'I have an operator token' : 'First start: found an organisation'}
          </button>
        )}
      </div>
    </main>
  );
}

function Form({
  busy,
  error,
  send,
  children,
}: {
  busy: boolean;
  error: unknown;
  send: () => void;
  children: ReactNode;
}) {
  return (
    <form
      aria-busy={busy}
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
      {error !== null && <ErrorState refusal={refusalOf(error)} />}
    </form>
  );
}

function Enter() {
  const [token, setToken] = useState('');
  const enter = useMutation({ mutationFn: () => open(token) });
  return (
    <Form busy={enter.isPending} error={enter.error} send={() => enter.mutate()}>
      <PasswordInput label="Operator token" value={token} onChange={(event) => setToken(event.target.value)} />
      <Button type="submit" look="primary" busy={enter.isPending} disabled={token.trim() === ''}>
        Sign in
      </Button>
    </Form>
  );
}

function Found({ onFounded }: { onFounded: () => void }) {
  const [bootstrap, setBootstrap] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [name, setName] = useState('');
  const found = useMutation({
    mutationFn: () => fleet.setup({ bootstrap: bootstrap.trim(), organisation, name }),
    onSuccess: onFounded,
  });
  const enter = useMutation({ mutationFn: open });
  if (found.data !== undefined) {
    const { token } = found.data;
    return (
      <div className="space-y-4">
        <Note tone="warn" title="Your operator token is shown this once" live>
          Keep it in a password manager: it signs you in from now on.
        </Note>
        <p className="flex items-center gap-2">
          <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 font-mono text-xs break-all">{token}</code>
          <CopyButton text={token} label="Copy the token" />
        </p>
        <Button look="primary" busy={enter.isPending} onClick={() => enter.mutate(token)}>
          I have kept it
        </Button>
      </div>
    );
  }
  const ready = [bootstrap, organisation, name].every((text) => text.trim() !== '');
  return (
    <Form busy={found.isPending} error={found.error} send={() => found.mutate()}>
      <PasswordInput
        label="Bootstrap token"
        note="Printed by the collector at its first start."
        value={bootstrap}
        onChange={(event) => setBootstrap(event.target.value)}
      />
      <TextInput label="Organisation" value={organisation} onChange={(event) => setOrganisation(event.target.value)} />
      <TextInput label="Your name" value={name} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" look="primary" busy={found.isPending} disabled={!ready}>
        Found the organisation
      </Button>
    </Form>
  );
}
