import { useState } from 'react';
import type { ClientEntry, EntryAnswer, ProtectPlan } from '../../../main/contract/client.ts';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { LaunchFindings } from '../../ui/LaunchFindings.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { ago } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { Asked } from './Asked.tsx';

const STATES: Record<ClientEntry['state'], { tone: Tone; label: string }> = {
  unprotected: { tone: 'warn', label: 'Unprotected' },
  protected: { tone: 'good', label: 'Protected' },
  quarantined: { tone: 'bad', label: 'In quarantine' },
  remote: { tone: 'quiet', label: 'Remote, not covered yet' },
  uncovered: { tone: 'quiet', label: 'Not covered' },
};
const CHANGES = { added: 'Added', changed: 'Changed', released: 'Taken out of protection' } as const;

const isAnswered = (asked: ProtectPlan['asked']): boolean => asked.every(({ value }) => value !== null);

/** One server of a client: where it stands, what it launches, and what can be decided about it. */
export function EntryRow({ entry }: { entry: ClientEntry }) {
  const now = useNow(30_000);
  const [open, setOpen] = useState(false);
  const quarantine = useAction((link) => link.clients.quarantine({ entry: entry.id }));
  const [answers, setAnswers] = useState<readonly EntryAnswer[]>([]);
  const choice = { entries: [entry.id], plain: [], answers: [...answers] };
  const protect = useProposal((link, digest: string) => link.clients.protect({ ...choice, digest }));
  // What the client would ask its person has no answer yet: then that is shown instead, and nobody is asked in vain.
  const plan = useAction(
    (link) => link.clients.plan(choice),
    ({ asked, digest }) => isAnswered(asked) && protect.propose(digest),
  );
  const asked = plan.result?.asked ?? [];
  const undo = useProposal(async (link) => {
    const { digest } = await link.clients.planUndo({ entries: [entry.id] });
    return link.clients.undo({ entries: [entry.id], digest });
  });
  const leave = useProposal((link) => link.clients.leave({ entry: entry.id }));
  const { tone, label } = STATES[entry.state];
  const ours = entry.state === 'protected' || entry.state === 'quarantined';
  return (
    <li className="space-y-2 px-4 py-2.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <span className="mt-1.5">
          <StatusDot tone={entry.appeared === null ? tone : 'bad'} />
        </span>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-w-0 flex-1 basis-64 rounded-sm text-left"
        >
          <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <VisibleText text={entry.name} breaks={false} />
            <Badge tone={tone}>{label}</Badge>
            {entry.appeared !== null && (
              <Badge tone="bad">
                {CHANGES[entry.appeared.change]} {ago(entry.appeared.at, now)}, not by you here
              </Badge>
            )}
            {entry.left !== null && (
              <Badge>
                left so by {entry.left.by} {ago(entry.left.at, now)}
              </Badge>
            )}
            {entry.off && <Badge>off in the client</Badge>}
            {entry.unasked && <Badge tone="warn">the client runs tools unasked</Badge>}
          </span>
          <span className="block font-mono text-xs break-all text-ink-faint">
            <VisibleText text={entry.url ?? [entry.command ?? '', ...entry.args].join(' ')} breaks={false} />
          </span>
          {entry.reason !== null && (
            <span className="block text-xs text-ink-soft">
              <VisibleText text={entry.reason} breaks={false} />
            </span>
          )}
        </button>
        <span className="flex gap-2">
          {entry.appeared !== null && (
            <Button size="sm" look="danger" busy={quarantine.busy} onClick={() => quarantine.run()}>
              Quarantine
            </Button>
          )}
          {entry.appeared !== null && (
            <Button size="sm" look="quiet" busy={leave.busy} onClick={() => leave.propose()}>
              Leave it so
            </Button>
          )}
          {entry.state === 'unprotected' && (
            <Button size="sm" busy={plan.busy || protect.busy} onClick={() => plan.run()}>
              Protect
            </Button>
          )}
          {ours && entry.kept && (
            <Button size="sm" look="quiet" busy={undo.busy} onClick={() => undo.propose()}>
              Put back
            </Button>
          )}
        </span>
      </div>
      {open && entry.command !== null && (
        <div className="space-y-2 pl-5">
          <CommandLines command={entry.command} args={entry.args} findings={entry.findings} />
          {entry.findings.length > 0 && <LaunchFindings launch={null} findings={entry.findings} />}
          {entry.env.length > 0 && (
            <p className="text-xs text-ink-soft">
              Sets <span className="font-mono break-all">{entry.env.join(' ')}</span>
            </p>
          )}
        </div>
      )}
      {entry.state === 'unprotected' && !isAnswered(asked) && (
        <Asked asked={asked} answers={answers} onAnswers={setAnswers} />
      )}
      {quarantine.refusal !== null && <ErrorState refusal={quarantine.refusal} />}
      {plan.refusal !== null && <ErrorState refusal={plan.refusal} />}
      <ProposalNotice proposal={protect} />
      <ProposalNotice proposal={undo} />
      <ProposalNotice proposal={leave} />
    </li>
  );
}
