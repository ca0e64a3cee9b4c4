import { useMemo } from 'react';
import { classNames } from './classNames.ts';
import { changedLines, type DiffLine, lineDiff } from './lineDiff.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import { VisibleText } from './VisibleText.tsx';

const SIGN = { same: ' ', removed: '−', added: '+', skipped: '⋯' } as const;
const WORD = { same: '', removed: 'removed: ', added: 'added: ', skipped: '' } as const;

/** What changed between two texts, line by line; `null` is a text that is not there. */
export function DiffView({ before, after, name }: { before: string | null; after: string | null; name: string }) {
  const lines = useMemo(() => lineDiff(before ?? '', after ?? ''), [before, after]);
  const { added, removed } = changedLines(lines);
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-panel">
      <figcaption className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-xs">
        <span className="font-mono font-medium break-all">
          <VisibleText text={name} breaks={false} />
        </span>
        <span className="ml-auto shrink-0 font-medium text-good-ink">+{added}</span>
        <span className="shrink-0 font-medium text-bad-ink">−{removed}</span>
      </figcaption>
      <ScrollRegion label={`Changes in ${name}`} className="max-h-[28rem] overflow-auto py-1 font-mono text-xs">
        {lines.length === 0 && <p className="px-3 py-1 font-sans text-ink-faint">No difference.</p>}
        {lines.map((line) => (
          <Line key={`${line.kind}${line.before}/${line.after}${line.text}`} line={line} />
        ))}
      </ScrollRegion>
    </figure>
  );
}

function Line({ line }: { line: DiffLine }) {
  return (
    <div
      className={classNames(
        'flex min-w-full',
        line.kind === 'added' && 'bg-good-soft',
        line.kind === 'removed' && 'bg-bad-soft',
        line.kind === 'skipped' && 'bg-sunken text-ink-faint',
      )}
    >
      <span
        aria-hidden="true"
        className="w-9 shrink-0 pr-2 text-right text-2xs leading-[18px] text-ink-faint select-none"
      >
        {line.after ?? line.before ?? ''}
      </span>
      <span
        aria-hidden="true"
        className={classNames(
          'w-4 shrink-0 select-none',
          line.kind === 'added' && 'text-good-ink',
          line.kind === 'removed' && 'text-bad-ink',
        )}
      >
        {SIGN[line.kind]}
      </span>
      <span className="min-w-0 pr-3 wrap-anywhere whitespace-pre-wrap">
        <span className="sr-only">{WORD[line.kind]}</span>
        {line.kind === 'skipped' ? line.text : <VisibleText text={line.text} />}
      </span>
    </div>
  );
}
