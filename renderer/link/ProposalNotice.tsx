import { AskNotice } from '../ui/AskNotice.tsx';
import { useStatus } from './queries.ts';
import type { Proposal } from './useProposal.ts';

/** Follows what was proposed until a person answered it. */
export function ProposalNotice<Input>({ proposal }: { proposal: Proposal<Input> }) {
  const mode = useStatus().data?.mode;
  return (
    <AskNotice
      view={proposal.view}
      refusal={proposal.refusal}
      where={mode === 'headless' ? 'page' : 'window'}
      onDismiss={proposal.dismiss}
    />
  );
}
