import { Wrench } from 'lucide-react';
import { useState } from 'react';
import type { ToolClass, ToolReview } from '../../../main/contract/tool.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useTools } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { count } from '../../ui/askWords.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { acceptances, type Choices, classFor, waiting } from './choices.ts';
import { ToolRow } from './ToolRow.tsx';

/** Every tool of a server with its class; what is new or changed is accepted here, through an ask. */
export function ToolsPanel({ server }: { server: string }) {
  const tools = useTools(server);
  return <Await query={tools}>{(list) => <Tools server={server} tools={list} />}</Await>;
}

function Tools({ server, tools }: { server: string; tools: readonly ToolReview[] }) {
  const [choices, setChoices] = useState<Choices>(new Map());
  const accept = useProposal((link, chosen: ReturnType<typeof acceptances>) =>
    link.tools.accept({ server, tools: chosen }),
  );
  const start = useAction((link) => link.servers.start({ server }));
  if (tools.length === 0) {
    return (
      <Panel flush>
        <EmptyState
          icon={<Wrench size={20} />}
          title="No tools seen yet"
          action={
            <Button look="primary" busy={start.busy} onClick={() => start.run()}>
              Start and list tools
            </Button>
          }
        >
          Countersign starts the server once, reads its tools, and shows them here.
        </EmptyState>
        {start.refusal !== null && (
          <div className="px-4 pb-4">
            <ErrorState refusal={start.refusal} />
          </div>
        )}
      </Panel>
    );
  }
  const chosen = acceptances(tools, choices);
  const held = waiting(tools, choices);
  const rest = tools.filter((tool) => !held.includes(tool));
  const unasked = chosen.filter((tool) => tool.class === 'read').length;
  const pick = (name: string, value: ToolClass): void => setChoices(new Map(choices).set(name, value));
  return (
    <div className="space-y-4">
      {held.length > 0 && (
        <Panel
          flush
          title={`${count(held.length, 'tool')} to review`}
          note={
            rest.length === 0
              ? 'Until you accept the definitions and classes, each call of any of them asks. A description is what the server says, not a fact.'
              : 'Held back until you accept the definition and the class. A description is what the server says, not a fact.'
          }
        >
          <ul className="divide-y divide-line">
            {held.map((tool) => (
              <ToolRow
                key={tool.name}
                tool={tool}
                value={classFor(tool, choices)}
                onPick={(value) => pick(tool.name, value)}
              />
            ))}
          </ul>
        </Panel>
      )}
      <ProposalNotice proposal={accept} />
      {held.length > 0 && (
        <div className="sticky bottom-4 flex items-center gap-4 rounded-xl border border-line bg-raised px-4 py-3 shadow-float">
          <p className="min-w-0 flex-1 text-sm text-ink-soft">
            {unasked === 0
              ? 'None of these will run without asking.'
              : `${unasked} of these will run without asking, because they only read.`}
          </p>
          <Button
            look="primary"
            busy={accept.busy}
            disabled={accept.view?.state === 'open'}
            onClick={() => accept.propose(chosen)}
          >
            Accept {count(chosen.length, 'tool')}
          </Button>
        </div>
      )}
      {rest.length > 0 && (
        <Panel flush title="Reviewed tools" note="A different class or a changed definition goes back to review.">
          <ul className="divide-y divide-line">
            {rest.map((tool) => (
              <ToolRow
                key={tool.name}
                tool={tool}
                value={classFor(tool, choices)}
                onPick={(value) => pick(tool.name, value)}
                onHold={<Hold server={server} tool={tool.name} />}
              />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Hold({ server, tool }: { server: string; tool: string }) {
  const hold = useAction((link) => link.tools.hold({ server, tools: [tool] }));
  return (
    <>
      {hold.refusal !== null && <ErrorState refusal={hold.refusal} />}
      <Button size="sm" busy={hold.busy} onClick={() => hold.run()}>
        Hold back again
      </Button>
    </>
  );
}
