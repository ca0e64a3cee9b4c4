import { Scale } from 'lucide-react';
import { useState } from 'react';
import type { PolicyState } from '../../../main/contract/status.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { usePolicy } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { DiffView } from '../../ui/DiffView.tsx';
import { Digest } from '../../ui/Digest.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { Explain } from './Explain.tsx';
import { Replay } from './Replay.tsx';
import { SettingsInForce } from './SettingsInForce.tsx';

/** The rules in force, what is proposed in their place, and what is wrong with them. */
export function PolicyScreen() {
  const policy = usePolicy();
  const check = useAction((link) => link.policy.check());
  return (
    <Page
      title="Policy"
      note="Cedar files decide what runs, what asks and what is denied. A file changed on disk is a proposal until you accept it."
      actions={
        <Button busy={check.busy} onClick={() => check.run()}>
          Check files
        </Button>
      }
    >
      {check.refusal !== null && <ErrorState refusal={check.refusal} />}
      <Await query={policy}>
        {(state) => (
          <>
            {check.result !== undefined && state.faults.length === 0 && state.proposal === null && (
              <Note tone="good" live title="The files are sound and are what is in force" />
            )}
            <State state={state} />
          </>
        )}
      </Await>
    </Page>
  );
}

function State({ state }: { state: PolicyState }) {
  return (
    <>
      {state.faults.length > 0 && (
        <Panel title="Faults" note="A file with a fault leaves its last good text in force.">
          <ul className="space-y-1">
            {state.faults.map((fault) => (
              <li key={`${fault.file}${fault.line}${fault.message}`} className="text-sm text-bad-ink">
                <code className="font-mono text-xs">
                  <VisibleText text={fault.line === null ? fault.file : `${fault.file}:${fault.line}`} />
                </code>{' '}
                <VisibleText text={fault.message} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {state.proposal !== null && <Proposal proposal={state.proposal} />}
      <Explain />
      <SettingsInForce settings={state.settings} />
      <Files state={state} />
    </>
  );
}

function Proposal({ proposal }: { proposal: NonNullable<PolicyState['proposal']> }) {
  const accept = useProposal((link) => link.policy.accept({ digest: proposal.digest }));
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          Proposed change <Badge tone="warn">not in force</Badge>
        </span>
      }
      note="These files differ from what was accepted."
      actions={
        <Button
          look="primary"
          busy={accept.busy}
          disabled={accept.view?.state === 'open'}
          onClick={() => accept.propose()}
        >
          Accept change
        </Button>
      }
    >
      <div className="space-y-3">
        <ProposalNotice proposal={accept} />
        {proposal.files.map((file) => (
          <DiffView key={file.file} name={file.file} before={file.before} after={file.after} />
        ))}
        <Replay digest={proposal.digest} />
      </div>
    </Panel>
  );
}

function Files({ state }: { state: PolicyState }) {
  const [open, setOpen] = useState<string | null>(state.files[0]?.file ?? null);
  if (state.files.length === 0) {
    return (
      <Panel flush>
        <EmptyState icon={<Scale size={20} />} title="No policy is in force">
          Without one, every governed call is denied.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="In force"
      note={
        <>
          Digest <Digest value={state.digest} />
        </>
      }
      flush
    >
      <ul className="divide-y divide-line">
        {state.files.map((file) => (
          <li key={file.file} className="px-4 py-2">
            <button
              type="button"
              aria-expanded={open === file.file}
              onClick={() => setOpen(open === file.file ? null : file.file)}
              className="flex w-full items-center gap-2 rounded-sm py-1 text-left font-mono text-xs font-medium"
            >
              {file.file}
              <span className="ml-auto font-sans text-ink-faint">{file.text.split('\n').length} lines</span>
            </button>
            {open === file.file && (
              <div className="pt-1 pb-2">
                <CodeBlock tall text={file.text} name={file.file} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
