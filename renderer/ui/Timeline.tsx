import type { ReactNode } from 'react';
import type { Tone } from './Badge.tsx';
import { StatusDot } from './StatusDot.tsx';

export interface TimelineStep {
  readonly key: string;
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly when: ReactNode;
  readonly body?: ReactNode;
}

/** Steps in the order they happened, joined by a line. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol>
      {steps.map((step, index) => (
        <li key={step.key} className="relative flex gap-3 pb-5 last:pb-0">
          {index < steps.length - 1 && (
            <span aria-hidden="true" className="absolute top-4 bottom-[-6px] left-[3.5px] w-px bg-line-strong" />
          )}
          <span className="relative mt-1.5">
            <StatusDot tone={step.tone} />
          </span>
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline gap-2">
              <span className="text-sm font-medium">{step.title}</span>
              <span className="ml-auto shrink-0 text-xs text-ink-faint tabular-nums">{step.when}</span>
            </div>
            {step.body !== undefined && <div className="mt-1 text-sm text-ink-soft">{step.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
