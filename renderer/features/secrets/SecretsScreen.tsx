import { KeyRound, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { name as secretName } from '../../../main/contract/names.ts';
import type { SecretInfo } from '../../../main/contract/secret.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSecrets, useStatus } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { secretReference } from '../../ui/secretReference.ts';
import { useToast } from '../../ui/Toast.tsx';
import { ago } from '../../ui/time.ts';

/** Names of what is kept in the keychain. Values are never on this screen, nor in this window. */
export function SecretsScreen() {
  const secrets = useSecrets();
  const [adding, setAdding] = useState(false);
  const set = useProposal((link, name: string) => link.secrets.set({ name }));
  const add = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      Add secret
    </Button>
  );
  return (
    <Page
      title="Secrets"
      note="Servers refer to them by name. A value is read once, when the server that uses it starts."
      actions={secrets.data?.length ? add : undefined}
    >
      <Keystore />
      <ProposalNotice proposal={set} />
      <section aria-label="Secrets" className="overflow-hidden rounded-xl border border-line bg-panel shadow-panel">
        <Await query={secrets}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState icon={<KeyRound size={20} />} title="No secrets yet" action={add}>
                Store a token here and write <code className="font-mono text-xs">{secretReference('NAME')}</code> in a
                server’s environment.
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((secret) => (
                  <SecretRow key={secret.name} secret={secret} onReplace={() => set.propose(secret.name)} />
                ))}
              </ul>
            )
          }
        </Await>
      </section>
      <AddDialog
        open={adding}
        onClose={() => setAdding(false)}
        onAdd={(name) => {
          setAdding(false);
          set.propose(name);
        }}
      />
    </Page>
  );
}

function Keystore() {
  const keystore = useStatus().data?.keystore;
  if (keystore === undefined || (keystore.kind === 'keychain' && keystore.state === 'ready')) return null;
  return (
    <Note
      tone={keystore.kind === 'vault' && keystore.state === 'ready' ? 'info' : 'warn'}
      title={
        keystore.kind === 'vault' ? `Kept in the sealed vault, ${keystore.state}` : 'There is no place to keep secrets'
      }
    >
      {keystore.detail}
    </Note>
  );
}

function SecretRow({ secret, onReplace }: { secret: SecretInfo; onReplace: () => void }) {
  const now = useNow(30_000);
  const toast = useToast();
  const [removing, setRemoving] = useState(false);
  const remove = useAction(
    (link) => link.secrets.remove({ name: secret.name }),
    () => {
      setRemoving(false);
      toast({ tone: 'good', title: `${secret.name} is removed` });
    },
  );
  return (
    <li className="flex items-center gap-4 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-mono text-sm font-semibold break-all">{secret.name}</p>
        <p className="text-xs text-ink-faint">
          Set {ago(secret.setAt, now)} ·{' '}
          {secret.lastUsedAt === null ? 'never used' : `used ${ago(secret.lastUsedAt, now)}`}
        </p>
      </div>
      <div className="flex flex-wrap justify-end gap-1">
        {secret.usedBy.length === 0 ? (
          <span className="text-xs text-ink-faint">used by no server</span>
        ) : (
          secret.usedBy.map((server) => <Badge key={server}>{server}</Badge>)
        )}
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={`Replace ${secret.name}`} onClick={onReplace}>
          Replace
        </Button>
        <Button size="sm" look="dangerPlain" aria-label={`Remove ${secret.name}`} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </div>
      <Dialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${secret.name}?`}
        note={
          secret.usedBy.length === 0
            ? 'No server uses it.'
            : `${secret.usedBy.join(', ')} will not start again until it is stored anew. Running processes keep what they were given.`
        }
      >
        {remove.refusal !== null && <ErrorState refusal={remove.refusal} />}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => setRemoving(false)}>
            Keep it
          </Button>
          <Button look="danger" busy={remove.busy} onClick={() => remove.run()}>
            Remove secret
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function AddDialog({ open, onClose, onAdd }: { open: boolean; onClose: () => void; onAdd: (name: string) => void }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const ok = secretName.safeParse(name).success;
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!ok) return;
    onAdd(name);
    setName('');
    setTried(false);
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add a secret"
      note="You type the value where approvals are answered, never in this window."
    >
      <form onSubmit={submit} className="space-y-4">
        <TextInput
          label="Name"
          mono
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="github-token"
          error={tried && !ok ? 'A name is 1 to 64 letters, digits, dots, dashes or underscores.' : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary">
            Continue
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
