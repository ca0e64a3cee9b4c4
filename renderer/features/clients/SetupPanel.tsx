import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import {
  type ClientEntry,
  type ClientFile,
  clientNames,
  type EntryAnswer,
  type EntryVariable,
} from '../../../main/contract/client.ts';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useClients, useProtectPlan } from '../../link/queries.ts';
import { WantedSecrets } from '../../link/WantedSecrets.tsx';
import { count } from '../../ui/askWords.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlanNotes } from '../../ui/PlanNotes.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { Asked } from './Asked.tsx';
import { MarkIntroduced } from './MarkIntroduced.tsx';
import { PackagesLooked } from './PackagesLooked.tsx';
import { SecretsFound } from './SecretsFound.tsx';
import { Steps } from './Steps.tsx';
import { useSetup } from './setup.ts';

interface Found {
  readonly file: ClientFile;
  readonly entry: ClientEntry;
}

/** The way to being protected, as long as a client starts something around us. Nothing when none does. */
export function SetupPanel() {
  const clients = useClients().data;
  const found = (clients?.files ?? []).flatMap((file) =>
    file.entries
      .filter(({ state, left }) => state === 'unprotected' && left === null)
      .map((entry) => ({ file, entry })),
  );
  // What nobody knows is chosen only by hand.
  const [picked, setPicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [plain, setPlain] = useState<readonly EntryVariable[]>([]);
  const [answers, setAnswers] = useState<readonly EntryAnswer[]>([]);
  // What was chosen when the way began: entries leave the list as they are protected.
  const [begun, setBegun] = useState<readonly Found[] | null>(null);
  const chosen = begun ?? found.filter(({ entry }) => picked.get(entry.id) ?? entry.appeared === null);
  const entries = chosen.map(({ entry }) => entry.id);
  const choiceWith = (said: readonly EntryAnswer[]) => ({
    entries,
    plain: [...plain],
    answers: said.filter(({ entry }) => entries.includes(entry)),
  });
  const choice = choiceWith(answers);
  const setup = useSetup(choice);
  // A plan reads every file anew: not for each letter of an answer.
  const settled = useSettled(answers, 300);
  const plan = useProtectPlan(setup.step === 'choose' && entries.length > 0 ? choiceWith(settled) : null);
  const unanswered = plan.data?.asked.some(({ value }) => value === null) ?? false;
  const aside = (clients?.files ?? []).flatMap((file) =>
    file.entries.filter(({ state }) => state === 'uncovered' || state === 'remote').map((entry) => ({ file, entry })),
  );
  if (found.length === 0 && begun === null) return null;

  const reset = () => {
    setup.reset();
    setBegun(null);
  };
  return (
    <Panel
      title="Put your AI clients behind Countersign"
      note={
        setup.step === 'done'
          ? 'What your clients start is seen, asked about and recorded from now on.'
          : `${count(found.length, 'server')} started around it today. Three decisions: which, what runs, what is written.`
      }
      actions={setup.step === 'choose' ? undefined : <Reset done={setup.step === 'done'} onReset={reset} />}
      flush
    >
      <Steps step={setup.step} />
      {setup.step === 'choose' && (
        <>
          <ul aria-label="Servers found" className="divide-y divide-line border-b border-line">
            {found.map(({ file, entry }) => (
              <Choice
                key={entry.id}
                file={file}
                entry={entry}
                chosen={choice.entries.includes(entry.id)}
                onChange={(on) => setPicked((now) => new Map(now).set(entry.id, on))}
              />
            ))}
          </ul>
          {plan.data !== undefined && (
            <>
              <Asked asked={plan.data.asked} answers={answers} onAnswers={setAnswers} />
              <SecretsFound plan={plan.data} plain={plain} onPlain={setPlain} />
              <div className="space-y-3 border-b border-line px-4 py-3 empty:hidden">
                <PlanNotes files={plan.data.files} exposed={plan.data.exposed} />
              </div>
            </>
          )}
          <Aside entries={aside} />
          <div className="flex flex-wrap items-center gap-3 px-4 py-3">
            <p className="min-w-0 flex-1 text-xs text-ink-faint">
              No client’s file is written before your last yes. Everything can be put back, byte for byte.
            </p>
            <Button
              look="primary"
              busy={setup.busy}
              disabled={chosen.length === 0 || unanswered}
              icon={<ShieldCheck size={15} />}
              onClick={() => {
                setBegun(chosen);
                setup.begin();
              }}
            >
              {reviewWords(chosen.length, unanswered)}
            </Button>
          </div>
        </>
      )}
      <div className="space-y-3 px-4 py-3 empty:hidden">
        {setup.refusal !== null && <ErrorState refusal={setup.refusal} />}
        {setup.refusal === null && setup.asked !== null && <ProposalNotice proposal={setup.asked} />}
        {setup.refusal === null && setup.asked !== null && <MarkIntroduced />}
        {(setup.step === 'look' || setup.asked !== null) && (
          <PackagesLooked packages={setup.packages} running={setup.step === 'look'} />
        )}
        {setup.reviewed?.problems.map(({ server, why }) => (
          <Note key={server} tone="warn" title={`${server} cannot be reviewed yet`}>
            <VisibleText text={why} breaks={false} /> Its clients are protected all the same: it starts once you have
            agreed to it.
          </Note>
        ))}
        {setup.step === 'done' && <WantedSecrets />}
        {setup.step === 'done' && (
          <Note tone="good" live title={`${count(chosen.length, 'server')} go through Countersign now`}>
            Restart your AI clients so that they read their configuration again. The first start of each server lists
            its tools for your review.
          </Note>
        )}
      </div>
    </Panel>
  );
}

function reviewWords(chosen: number, unanswered: boolean): string {
  if (chosen === 0) return 'Choose a server';
  return unanswered ? 'Answer what the client asks' : `Review ${count(chosen, 'server')}`;
}

/** What stays as it is, and why: nobody should take it for protected. */
function Aside({ entries }: { entries: readonly Found[] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-label="Not covered" className="border-b border-line px-4 py-3">
      <h3 className="text-xs font-semibold text-ink-soft">Stays outside of Countersign</h3>
      <ul className="mt-1.5 space-y-1 text-xs text-ink-soft">
        {entries.map(({ file, entry }) => (
          <li key={entry.id}>
            <b className="font-medium text-ink">
              <VisibleText text={entry.name} breaks={false} />
            </b>{' '}
            of {clientNames(file)}:{' '}
            <VisibleText text={entry.reason ?? 'a remote server, which is not covered yet.'} breaks={false} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reset({ done, onReset }: { done: boolean; onReset: () => void }) {
  return (
    <Button size="sm" look="quiet" onClick={onReset}>
      {done ? 'Close' : 'Start over'}
    </Button>
  );
}

function Choice({ file, entry, chosen, onChange }: Found & { chosen: boolean; onChange: (on: boolean) => void }) {
  const severe = entry.findings.some(({ severity }) => severity === 'severe');
  return (
    <li>
      <label className="flex cursor-pointer items-start gap-3 px-4 py-2.5 hover:bg-hover">
        <input
          type="checkbox"
          checked={chosen}
          onChange={(event) => onChange(event.target.checked)}
          className="mt-0.5 size-4 accent-accent"
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <VisibleText text={entry.name} breaks={false} />
            <span className="text-xs font-normal text-ink-faint">{clientNames(file)}</span>
            {severe && <Badge tone="bad">asked about by itself</Badge>}
            {entry.appeared !== null && <Badge tone="bad">came without you: choose it only if you know it</Badge>}
          </span>
          <span className="block font-mono text-xs break-all text-ink-soft">
            <VisibleText text={[entry.command ?? '', ...entry.args].join(' ')} breaks={false} />
          </span>
        </span>
      </label>
    </li>
  );
}
