import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { SecretInfo } from '../../../main/contract/secret.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSecrets } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { WantedSecrets } from '../../link/WantedSecrets.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { secretReference } from '../../ui/secretReference.ts';
import { KeystoreNote } from './KeystoreNote.tsx';
import { SecretDialog, type SecretWish } from './SecretDialog.tsx';
import { SecretRow } from './SecretRow.tsx';

/** What is being written: a new secret, who gets one, or another value for one. */
type Writing = { readonly kind: 'new' } | { readonly kind: 'bind' | 'rotate'; readonly secret: SecretInfo };

/** Names of what is kept in the keychain, and what to do about each. Values are never on this screen, nor in this window. */
export function SecretsScreen() {
  const secrets = useSecrets();
  const [writing, setWriting] = useState<Writing | null>(null);
  const proposal = useProposal((link, { kind, name, scope, command }: SecretWish) => {
    if (kind === 'bind') return link.secrets.keepFor({ name, scope });
    if (command !== null) return link.secrets.helper({ name, command, scope });
    return link.secrets.set({ name, scope });
  });
  const add = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setWriting({ kind: 'new' })}>
      Add secret
    </Button>
  );
  return (
    <Page
      title="Secrets"
      note="Servers refer to them by name. A value is read when a server that may have it starts, and shown to nobody."
      actions={secrets.data?.length ? add : undefined}
    >
      <KeystoreNote />
      <WantedSecrets />
      <ProposalNotice proposal={proposal} />
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
                  <SecretRow
                    key={secret.name}
                    secret={secret}
                    onRotate={() => setWriting({ kind: 'rotate', secret })}
                    onBind={() => setWriting({ kind: 'bind', secret })}
                  />
                ))}
              </ul>
            )
          }
        </Await>
      </section>
      {writing !== null && (
        <SecretDialog
          writing={writing}
          onClose={() => setWriting(null)}
          onWish={(wish) => {
            setWriting(null);
            proposal.propose(wish);
          }}
        />
      )}
    </Page>
  );
}
