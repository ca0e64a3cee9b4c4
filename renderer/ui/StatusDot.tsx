import type { Tone } from './Badge.tsx';
import { classNames } from './classNames.ts';

const FILL: Record<Tone, string> = {
  good: 'bg-good-solid',
  info: 'bg-info-solid',
  warn: 'bg-warn-solid',
  bad: 'bg-bad-solid',
  quiet: 'bg-quiet-solid',
  accent: 'bg-accent',
};

/** A coloured dot beside words that say the same. */
export function StatusDot({ tone, moving = false }: { tone: Tone; moving?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classNames('inline-block size-2 shrink-0 rounded-full', FILL[tone], moving && 'animate-breathe')}
    />
  );
}
