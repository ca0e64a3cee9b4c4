import { Check, LoaderCircle, Play, RotateCcw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TourState, TourStep } from '../../../main/contract/tour.ts';
import { hrefOf } from '../../app/place.ts';
import { Await } from '../../link/Await.tsx';
import { useAsks, useStatus, useTour } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/classNames.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** The story with a real server in a folder of its own: one step after the other, each really happening. */
export function Tour({ fresh }: { fresh: boolean }) {
  const tour = useTour();
  return (
    <>
      <Panel
        title={fresh ? 'See it happen: five minutes with a real server' : 'Guided tour'}
        note="Runs a real file server in a temporary folder. Answer its questions as you would your own."
        actions={<Reset state={tour.data} />}
        flush
      >
        <Await query={tour} rows={8}>
          {(state) => <Steps state={state} />}
        </Await>
      </Panel>
      {fresh && (
        <p className="text-sm text-ink-soft">
          Ready for your own?{' '}
          <a
            href={hrefOf({ screen: 'servers' })}
            className="rounded-sm font-medium text-accent-ink underline underline-offset-2"
          >
            Add a server
          </a>{' '}
          and review what it runs.
        </p>
      )}
    </>
  );
}

function Reset({ state }: { state: TourState | undefined }) {
  const reset = useAction((link) => link.tour.reset());
  if (state === undefined || state.steps.every((step) => step.state === 'waiting')) return null;
  return (
    <Button size="sm" look="quiet" icon={<RotateCcw size={13} />} busy={reset.busy} onClick={() => reset.run()}>
      Start over
    </Button>
  );
}

function Steps({ state }: { state: TourState }) {
  const run = useAction((link, step: TourStep) => link.tour.run({ step }));
  const next = state.steps.find((step) => step.state === 'waiting' || step.state === 'failed');
  const running = state.steps.some((step) => step.state === 'running');
  const asks = useAsks(true).data?.length ?? 0;
  const headless = useStatus().data?.mode === 'headless';
  return (
    <>
      <ol className="py-2">
        {state.steps.map((step, index) => {
          const isNext = step === next && !running;
          return (
            <li
              key={step.step}
              aria-current={isNext || step.state === 'running' ? 'step' : undefined}
              className={classNames(
                'flex items-start gap-3 px-4 py-2.5',
                (isNext || step.state === 'running') && 'bg-selected',
              )}
            >
              <Mark state={step.state} number={index + 1} />
              <div className="min-w-0 flex-1">
                <p
                  className={classNames(
                    'text-sm',
                    step.state === 'waiting' && !isNext ? 'text-ink-soft' : 'font-medium',
                  )}
                >
                  {step.title}
                </p>
                {step.outcome !== null && (
                  <p
                    className={classNames(
                      'mt-0.5 text-sm break-words whitespace-pre-wrap',
                      step.state === 'failed' ? 'text-bad-ink' : 'text-ink-soft',
                    )}
                  >
                    <VisibleText text={step.outcome} />
                  </p>
                )}
                {step.state === 'running' && asks > 0 && (
                  <p className="mt-0.5 text-sm font-medium text-accent-ink">
                    {`Your answer is awaited ${headless ? 'on the approval page: open it under Asks' : 'in the approval window'}.`}
                  </p>
                )}
              </div>
              {isNext && (
                <Button
                  size="sm"
                  look="primary"
                  icon={<Play size={12} />}
                  busy={run.busy}
                  onClick={() => run.run(step.step)}
                >
                  {step.state === 'failed' ? 'Try again' : index === 0 ? 'Begin' : 'Next'}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {state.folder !== null && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-faint">
          Folder <code className="font-mono break-all">{state.folder}</code>
        </p>
      )}
      {run.refusal !== null && (
        <div className="p-4">
          <ErrorState refusal={run.refusal} />
        </div>
      )}
    </>
  );
}

function Mark({ state, number }: { state: TourState['steps'][number]['state']; number: number }): ReactNode {
  const box = 'mt-px grid size-5 shrink-0 place-items-center rounded-full text-2xs font-semibold';
  switch (state) {
    case 'done':
      return (
        <span role="img" aria-label="done" className={`${box} bg-good-soft text-good-ink`}>
          <Check size={12} strokeWidth={3} />
        </span>
      );
    case 'failed':
      return (
        <span role="img" aria-label="failed" className={`${box} bg-bad-soft text-bad-ink`}>
          <X size={12} strokeWidth={3} />
        </span>
      );
    case 'running':
      return (
        <span role="img" aria-label="running" className={`${box} text-accent-ink`}>
          <LoaderCircle size={16} className="animate-spin" />
        </span>
      );
    case 'waiting':
      return <span className={`${box} border border-line-strong text-ink-soft`}>{number}</span>;
  }
}
