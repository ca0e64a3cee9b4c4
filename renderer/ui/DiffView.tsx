import { useMemo, useState } from 'react';
import { count } from './askWords.ts';
import { classNames } from './classNames.ts';
import { cutText } from './cut.ts';
import { changedLines, type DiffLine, firstLines, isDiffCut, lineDiff } from './lineDiff.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import { VisibleText } from './VisibleText.tsx';

const SIGN = { same: ' ', removed: '−', added: '+', skipped: '⋯' } as const;
const WORD = { same: '', removed: 'removed: ', added: 'added: ', skipped: '' } as const;

/**
 * What changed between two texts, line by line; `null` is a text that is not there. A long difference is cut and
 * counted; `onOpen` is called once all of it was shown.
 */
export function DiffView({
  before,
  after,
  name,
  bare = false,
  onOpen,
}: {
  before: string | null;
  after: string | null;
  name: string;
  /** The name stands above it already. */
  bare?: boolean;
  onOpen?: (() => void) | undefined;
}) {
  const lines = useMemo(() => lineDiff(before ?? '', after ?? ''), [before, after]);
  const [all, setAll] = useState(false);
  const { added, removed } = changedLines(lines);
  const { head, tail, hidden } = all ? { head: lines, tail: [], hidden: 0 } : firstLines(lines);
  const cut = !all && isDiffCut(lines);
  const draw = (line: DiffLine) => (
    <Line key={`${line.kind}${line.before}/${line.after}${line.text}`} line={line} whole={all} />
  );
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-panel">
      {!bare && (
        <figcaption className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-xs">
          <span className="font-mono font-medium break-all">
            <VisibleText text={name} breaks={false} />
          </span>
          <span className="ml-auto shrink-0 font-medium text-good-ink">+{added.toLocaleString()}</span>
          <span className="shrink-0 font-medium text-bad-ink">−{removed.toLocaleString()}</span>
        </figcaption>
      )}
      <ScrollRegion label={`Changes in ${name}`} className="max-h-[28rem] overflow-auto py-1 font-mono text-xs">
        {lines.length === 0 && <p className="px-3 py-1 font-sans text-ink-faint">No difference.</p>}
        {head.map(draw)}
        {hidden > 0 && (
          <p className="bg-warn-soft px-3 py-0.5 font-sans text-warn-ink">{count(hidden, 'line')} not shown</p>
        )}
        {tail.map(draw)}
      </ScrollRegion>
      {cut && (
        <button
          type="button"
          onClick={() => {
            setAll(true);
            onOpen?.();
          }}
          className="w-full border-t border-line bg-warn-soft px-3 py-1 text-xs font-medium text-warn-ink hover:underline"
        >
          {hidden > 0 ? `${count(hidden, 'line')} of the change not shown` : 'A long line is cut'} · Show all
        </button>
      )}
    </figure>
  );
}

function Line({ line, whole }: { line: DiffLine; whole: boolean }) {
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
        {line.kind === 'skipped' ? line.text : whole ? <VisibleText text={line.text} /> : <LineText text={line.text} />}
      </span>
    </div>
  );
}

/** A long line as head, number of characters and tail; one button below shows all of the change. */
function LineText({ text }: { text: string }) {
  const { head, hidden, tail } = cutText(text);
  if (hidden === 0) return <VisibleText text={text} />;
  return (
    <>
      <VisibleText text={head} />
      <span className="mx-1 rounded-sm bg-warn-soft px-1 font-sans text-warn-ink">
        {hidden.toLocaleString()} characters not shown
      </span>
      <VisibleText text={tail} />
    </>
  );
}
