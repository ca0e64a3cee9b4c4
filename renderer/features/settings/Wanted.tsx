import { proofWords, STRICTNESS, type Strictness } from '../../../main/contract/personProof.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useProofState } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Select } from '../../ui/Field.tsx';
import { Note } from '../../ui/Note.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** For what the approval window wants more than a click: more at once, less only after a person said yes. */
export function Wanted() {
  const state = useProofState();
  const raise = useAction((link, to: Strictness) => link.proof.raise({ to }));
  const lower = useProposal((link, to: Strictness) => link.proof.lower({ to }));
  return (
    <Await query={state} rows={1}>
      {({ strictness, system, screen }) => (
        <div className="space-y-3">
          <Select
            label="Wanted in the approval window"
            className="max-w-md"
            value={strictness}
            onChange={({ target }) => {
              const to = STRICTNESS.find((one) => one === target.value) ?? strictness;
              if (STRICTNESS.indexOf(to) < STRICTNESS.indexOf(strictness)) lower.propose(to);
              else raise.run(to);
            }}
            options={STRICTNESS.map((one) => ({ value: one, label: proofWords(one) }))}
          />
          <p className="text-xs text-ink-faint">
            {system === null
              ? 'This system offers no authentication that Countersign can ask for, so it is the passcode.'
              : 'The system’s own authentication counts as well.'}{' '}
            It is always wanted for what decides who approves.
          </p>
          {screen !== null && (
            <Note tone="warn" title="Wanted now for everything above reading">
              <VisibleText text={screen} /> can drive the screen, and could click in your place.
            </Note>
          )}
          {raise.refusal !== null && <ErrorState refusal={raise.refusal} />}
          <ProposalNotice proposal={lower} />
        </div>
      )}
    </Await>
  );
}
