import { Check } from 'lucide-react';
import { classNames } from '../../ui/classNames.ts';
import type { Step } from './setup.ts';

const STEPS = ['Which servers', 'What runs', 'What is written'] as const;
const AT: Record<Step, number> = { choose: 0, look: 1, agree: 1, apart: 1, protect: 2, done: 3 };

/** Which of the three decisions is next. */
export function Steps({ step }: { step: Step }) {
  return (
    <ol className="grid grid-cols-3 gap-px border-b border-line bg-line">
      {STEPS.map((label, index) => {
        const [done, now] = [index < AT[step], index === AT[step]];
        return (
          <li
            key={label}
            aria-current={now ? 'step' : undefined}
            className={classNames(
              'flex items-center gap-2 bg-sunken px-4 py-2 text-xs',
              now ? 'font-semibold text-ink' : 'text-ink-faint',
            )}
          >
            <span
              aria-hidden="true"
              className={classNames(
                'grid size-4.5 shrink-0 place-items-center rounded-full text-2xs font-semibold',
                done
                  ? 'bg-good-soft text-good-ink'
                  : now
                    ? 'bg-accent text-ink-on-accent'
                    : 'border border-line-strong text-ink-soft',
              )}
            >
              {done ? <Check size={11} strokeWidth={3} /> : index + 1}
            </span>
            {label}
            {done && <span className="sr-only">, decided</span>}
          </li>
        );
      })}
    </ol>
  );
}
