import { OctagonX } from 'lucide-react';
import type { DefinitionReview } from '../../../main/contract/tool.ts';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/States.tsx';

/** What tightens at once: holding a definition back again, and the kill switch of a tool with its way back. */
export function DefinitionActions({ review, stopped }: { review: DefinitionReview; stopped: boolean }) {
  const { server, kind, name, state } = review;
  const scope = { kind: 'tool', server, tool: name } as const;
  const hold = useAction((link) => link.tools.hold({ server, kind, tools: [name] }));
  const kill = useAction((link) => link.switches.kill({ scope }));
  const revive = useProposal((link) => link.switches.revive({ scope }));
  const refusal = hold.refusal ?? kill.refusal;
  return (
    <>
      {refusal !== null && <ErrorState refusal={refusal} />}
      <ProposalNotice proposal={revive} />
      <div className="flex flex-wrap items-center gap-2">
        {state === 'accepted' && (
          <Button size="sm" aria-label={`Hold back again: ${name}`} busy={hold.busy} onClick={() => hold.run()}>
            Hold back again
          </Button>
        )}
        {kind === 'tool' &&
          (stopped ? (
            <Button
              size="sm"
              aria-label={`Switch on again: ${name}`}
              busy={revive.busy}
              onClick={() => revive.propose()}
            >
              Switch on again
            </Button>
          ) : (
            <Button
              size="sm"
              look="dangerPlain"
              icon={<OctagonX size={13} />}
              aria-label={`Stop this tool: ${name}`}
              title="Refuses its calls from now on and cancels those in flight"
              busy={kill.busy}
              onClick={() => kill.run()}
            >
              Stop this tool
            </Button>
          ))}
      </div>
    </>
  );
}
