import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSharedChanges } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { LaunchDifferences } from '../../ui/LaunchView.tsx';
import { Note } from '../../ui/Note.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** One replaced program that several servers wait for: reviewed once for all of them. */
export function SharedChanges() {
  const changes = useSharedChanges();
  const consent = useProposal((link, servers: { server: string; digest: string }[]) =>
    link.servers.consentAll({ servers }),
  );
  return (
    <>
      {(changes.data ?? []).map(({ differences, servers }) => (
        <Note
          key={servers[0]?.server}
          tone="warn"
          title={`${servers.length} servers wait because the program that runs them was replaced`}
          actions={
            <Button
              look="primary"
              busy={consent.busy}
              disabled={consent.view?.state === 'open'}
              onClick={() => consent.propose(servers)}
            >
              Review once for all
            </Button>
          }
        >
          <p className="mb-2">
            Nothing else of <VisibleText text={servers.map(({ server }) => server).join(', ')} /> has changed. If you
            did not upgrade it, do not agree.
          </p>
          <LaunchDifferences differences={differences} />
        </Note>
      ))}
      <ProposalNotice proposal={consent} />
    </>
  );
}
