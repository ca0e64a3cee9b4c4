import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { LaunchReview } from '../../../main/contract/launch.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useReview } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { Digest } from '../../ui/Digest.tsx';
import { LaunchFindings } from '../../ui/LaunchFindings.tsx';
import { LaunchDifferences, LaunchView } from '../../ui/LaunchView.tsx';
import { Note } from '../../ui/Note.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { fullTime } from '../../ui/time.ts';
import { OtherLaunches } from './OtherLaunches.tsx';
import { PackagePanel } from './PackagePanel.tsx';
import { SandboxChoice } from './SandboxChoice.tsx';

/** Exactly what a server would run, against what was agreed, and the way to ask for consent. */
export function LaunchPanel({ server }: { server: string }) {
  const [which, setWhich] = useState<Which>('usual');
  const review = useReview(server, which);
  return <Await query={review}>{(data) => <Review review={data} which={which} onWhich={setWhich} />}</Await>;
}

type Which = 'usual' | 'upgrade' | 'as-written';

function Review({ review, which, onWhich }: { review: LaunchReview; which: Which; onWhich: (which: Which) => void }) {
  const consent = useProposal((link, digest: string) => link.servers.consent({ server: review.server, digest }));
  const digest = review.digest;
  return (
    <div className="space-y-4">
      {which === 'usual' && <Standing review={review} />}
      <OtherLaunches review={review} which={which} onWhich={onWhich} />
      {review.problem !== null && <ErrorState refusal={review.problem} />}
      {review.findings.length > 0 && (
        <Panel title="What to know first">
          <LaunchFindings launch={review.launch} findings={review.findings} />
        </Panel>
      )}
      {review.differences.length > 0 && (
        <Panel title="What changed since it was agreed to">
          <LaunchDifferences differences={review.differences} />
        </Panel>
      )}
      <PackagePanel review={review} />
      {review.launch !== null && (
        <Panel title="What will run">
          <LaunchView launch={review.launch} findings={review.findings} />
          {which === 'usual' && review.launch.reach !== undefined && (
            <div className="mt-5">
              <SandboxChoice key={review.digest} server={review.server} reach={review.launch.reach} />
            </div>
          )}
        </Panel>
      )}
      <ProposalNotice proposal={consent} />
      {review.consent !== 'given' && digest !== null && (
        <div className="flex items-center gap-4 rounded-xl border border-line bg-panel px-4 py-3 shadow-panel">
          <p className="min-w-0 flex-1 text-sm text-ink-soft">
            Consent holds for exactly this launch, <Digest value={digest} />. Any change asks again.
          </p>
          <Button
            look="primary"
            icon={<ShieldCheck size={15} />}
            busy={consent.busy}
            disabled={consent.view?.state === 'open'}
            onClick={() => consent.propose(digest)}
          >
            Ask for consent
          </Button>
        </div>
      )}
    </div>
  );
}

function Standing({ review }: { review: LaunchReview }) {
  if (review.consent === 'given' && review.agreed !== null) {
    return (
      <Note tone="good" title="Agreed: this is what runs">
        By {review.agreed.by}, {fullTime(review.agreed.at)}.
      </Note>
    );
  }
  if (review.consent === 'changed') {
    return (
      <Note tone="warn" title="The launch has changed, so it does not start">
        Read the differences. If you did not make them, do not agree.
      </Note>
    );
  }
  return (
    <Note tone="info" title="Nobody has agreed to this launch yet">
      Read every line: this is what will run with your rights on this machine.
    </Note>
  );
}
