import { useEffect, useState } from 'react';
import { classNames } from './classNames.ts';
import { remaining } from './remaining.ts';

/** The current time in milliseconds, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Read out when it is reached, not every second. */
const SAID = { calm: '', soon: 'Denied in less than 15 seconds', last: 'Denied in less than 5 seconds' } as const;

const INK = { calm: 'text-ink-soft', soon: 'text-warn-ink', last: 'text-bad-ink' } as const;

/** The time until something is denied by itself, as words and as a bar that empties. */
export function Countdown({ askedAt, deadline, now }: { askedAt: string; deadline: string; now: number }) {
  const left = remaining(Date.parse(askedAt), Date.parse(deadline), now);
  return (
    <div role="timer" aria-label="Time left" className="flex items-center gap-2.5">
      <progress
        aria-hidden="true"
        max={1}
        value={left.share}
        className={classNames(
          'h-1 min-w-0 flex-1 appearance-none overflow-hidden rounded-full bg-pressed [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:rounded-full',
          left.urgency === 'calm' && '[&::-webkit-progress-value]:bg-accent',
          left.urgency === 'soon' && '[&::-webkit-progress-value]:bg-warn-solid',
          left.urgency === 'last' && '[&::-webkit-progress-value]:bg-bad-solid',
        )}
      />
      <span className={`shrink-0 text-xs font-medium tabular-nums ${INK[left.urgency]}`}>
        {left.seconds === 0 ? 'time is up' : `denied in ${left.text}`}
      </span>
      <span aria-live="assertive" className="sr-only">
        {SAID[left.urgency]}
      </span>
    </div>
  );
}
