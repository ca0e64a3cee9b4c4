import type { AskView } from '../../main/contract/ask.ts';
import { KIND_WORDS } from '../ui/askWords.ts';
import { Badge, CLASS_WORDS, ClassBadge } from '../ui/Badge.tsx';
import { classNames } from '../ui/classNames.ts';
import { Seal } from '../ui/Seal.tsx';
import { COLUMN } from './column.ts';
import { Mark } from './Mark.tsx';
import type { Queue } from './queue.ts';

const BANDS = {
  good: 'bg-good-solid',
  info: 'bg-info-solid',
  warn: 'bg-warn-solid',
  bad: 'bg-bad-solid',
  quiet: 'bg-quiet-solid',
  accent: 'bg-accent',
};

/** The band in the colour of the danger, the class in words, and the place in the queue. */
export function Heading({ ask, queue }: { ask: AskView; queue: Queue }) {
  const { subject } = ask;
  const tone = subject.kind === 'call' ? CLASS_WORDS[subject.class].tone : 'accent';
  return (
    <header className="shrink-0 border-b border-line bg-panel">
      <div aria-hidden="true" className={classNames('h-1', BANDS[tone])} />
      <div className={classNames(COLUMN, 'flex items-center gap-3 py-3')}>
        <Seal size={20} />
        <span className="text-sm font-semibold">Countersign asks</span>
        <span className="flex border-l border-line pl-3 empty:hidden">
          <Mark />
        </span>
        <span className="ml-auto flex items-center gap-3">
          {queue.total > 1 && (
            <span className="text-xs font-medium text-ink-soft tabular-nums">
              {queue.place} of {queue.total}
            </span>
          )}
          {subject.kind === 'call' ? (
            <ClassBadge value={subject.class} large />
          ) : (
            <Badge tone="accent" large>
              {KIND_WORDS[subject.kind]}
            </Badge>
          )}
        </span>
      </div>
    </header>
  );
}
