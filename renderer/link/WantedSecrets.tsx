import type { WantedSecret } from '../../main/contract/secret.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Note.tsx';
import { ProposalNotice } from './ProposalNotice.tsx';
import { useWantedSecrets } from './queries.ts';
import { useProposal } from './useProposal.ts';

/** Secrets that servers name and nobody has set yet, each a button away from where it is typed. Nothing when there are none. */
export function WantedSecrets() {
  const wanted = useWantedSecrets().data ?? [];
  if (wanted.length === 0) return null;
  return (
    <Note tone="warn" title="Secrets that are not set yet: what names them does not start">
      <ul className="mt-1 space-y-2">
        {wanted.map((secret) => (
          <Wanted key={secret.name} secret={secret} />
        ))}
      </ul>
    </Note>
  );
}

function Wanted({ secret: { name, usedBy } }: { secret: WantedSecret }) {
  const set = useProposal((link) =>
    link.secrets.set({ name, scope: { servers: [...usedBy], environment: null, expiresAt: null } }),
  );
  return (
    <li className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1">
          <span className="font-mono text-xs font-semibold break-all text-ink">{name}</span>, for {usedBy.join(', ')}
        </span>
        <Button size="sm" aria-label={`Set ${name}`} busy={set.busy} onClick={() => set.propose()}>
          Set
        </Button>
      </div>
      <ProposalNotice proposal={set} />
    </li>
  );
}
