import { Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { type DefinitionReview, definitionsWords, type ToolClass } from '../../../main/contract/tool.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSwitches, useTools } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { EmptyState, ErrorState } from '../../ui/States.tsx';
import { acceptances, type Choices, classFor, waiting } from './choices.ts';
import { DefinitionActions } from './DefinitionActions.tsx';
import { DefinitionRow } from './DefinitionRow.tsx';

/** Everything a server says of itself, tools with their class; what is new or changed is accepted here, through an ask. */
export function ToolsPanel({ server }: { server: string }) {
  const definitions = useTools(server);
  return (
    <Await query={definitions}>
      {(list) => (list.length === 0 ? <NothingSeen server={server} /> : <Review server={server} all={list} />)}
    </Await>
  );
}

function NothingSeen({ server }: { server: string }) {
  const start = useAction((link) => link.servers.start({ server }));
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
        Countersign starts the server once, reads what it offers, and shows it here.
      </EmptyState>
      {start.refusal !== null && (
        <div className="px-4 pb-4">
          <ErrorState refusal={start.refusal} />
        </div>
      )}
    </Panel>
  );
}

function Review({ server, all }: { server: string; all: readonly DefinitionReview[] }) {
  const [choices, setChoices] = useState<Choices>(new Map());
  const switches = useSwitches().data ?? [];
  const accept = useProposal((link, chosen: ReturnType<typeof acceptances>) =>
    link.tools.accept({ server, tools: chosen }),
  );
  const chosen = acceptances(all, choices);
  const held = waiting(all, choices);
  const rest = all.filter((one) => !held.includes(one));
  const tools = rest.filter(({ kind }) => kind === 'tool');
  const others = rest.filter(({ kind }) => kind !== 'tool');
  const unasked = chosen.filter((one) => one.class === 'read').length;
  const words = definitionsWords(held.map(({ kind }) => kind));
  const isStopped = ({ kind, name }: DefinitionReview) =>
    kind === 'tool' &&
    switches.some(({ scope }) => scope.kind === 'tool' && scope.server === server && scope.tool === name);
  const row = (review: DefinitionReview): ReactNode => (
    <DefinitionRow
      key={`${review.kind} ${review.name}`}
      review={review}
      value={classFor(review, choices)}
      onPick={(value: ToolClass) => setChoices(new Map(choices).set(review.name, value))}
      stopped={isStopped(review)}
      actions={<DefinitionActions review={review} stopped={isStopped(review)} />}
    />
  );
  return (
    <div className="space-y-4">
      {held.length > 0 && (
        <Panel
          flush
          title={`${words.charAt(0).toUpperCase()}${words.slice(1)} to review`}
          note={
            rest.length === 0
              ? 'Until you accept what it says and the classes, each call of any tool asks. A description is what the server says, not a fact.'
              : 'Held back until you accept what it says now, and the class of a tool. A description is what the server says, not a fact.'
          }
        >
          <ul className="divide-y divide-line">{held.map(row)}</ul>
        </Panel>
      )}
      <ProposalNotice proposal={accept} />
      {held.length > 0 && (
        <div className="sticky bottom-4 flex items-center gap-4 rounded-xl border border-line bg-raised px-4 py-3 shadow-float">
          <p className="min-w-0 flex-1 text-sm text-ink-soft">
            {unasked === 0
              ? 'None of these will run without asking.'
              : `${unasked} of these will run without asking, because ${unasked === 1 ? 'it only reads' : 'they only read'}.`}
          </p>
          <Button
            look="primary"
            busy={accept.busy}
            disabled={accept.view?.state === 'open'}
            onClick={() => accept.propose(chosen)}
          >
            Accept {words}
          </Button>
        </div>
      )}
      {tools.length > 0 && (
        <Panel flush title="Reviewed tools" note="A different class or a changed definition goes back to review.">
          <ul className="divide-y divide-line">{tools.map(row)}</ul>
        </Panel>
      )}
      {others.length > 0 && (
        <Panel
          flush
          title="What else it says of itself"
          note="Prompts, resource templates, instructions and identity, as you accepted them. What changes is held back."
        >
          <ul className="divide-y divide-line">{others.map(row)}</ul>
        </Panel>
      )}
    </div>
  );
}
