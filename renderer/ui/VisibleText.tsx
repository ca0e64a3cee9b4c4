import { memo } from 'react';
import { type HiddenKind, segments } from './visible.ts';

const LOUD: Record<HiddenKind, string> = {
  bidi: 'bg-bad-soft text-bad-ink',
  tag: 'bg-bad-soft text-bad-ink',
  'zero-width': 'bg-bad-soft text-bad-ink',
  private: 'bg-bad-soft text-bad-ink',
  control: 'bg-bad-soft text-bad-ink',
  lookalike: 'bg-warn-soft text-warn-ink',
  variation: 'bg-warn-soft text-warn-ink',
  space: 'bg-warn-soft text-warn-ink',
  run: 'bg-bad-soft text-bad-ink',
};

export interface VisibleTextProps {
  readonly text: string;
  /** False keeps everything on one line. */
  readonly breaks?: boolean;
  /** Line feeds are bytes of the value and get a mark; false where they are only our layout. */
  readonly feeds?: boolean;
  /** Marks carry their code only, with the name in the tip: for headings. */
  readonly terse?: boolean;
  /** Blanks that the text begins or ends with get a mark: for values, where they count. */
  readonly ends?: boolean;
}

/** Text whose every character can be seen: hidden ones as a mark with code and name, look-alikes as themselves and named. */
export const VisibleText = memo(function VisibleText({
  text,
  breaks = true,
  feeds = true,
  terse = false,
  ends = false,
}: VisibleTextProps) {
  let at = 0;
  return (
    <bdi>
      {segments(text, ends).map((segment) => {
        const key = at;
        at += segment.text.length;
        if (segment.kind === 'plain') return <span key={key}>{segment.text}</span>;
        if (segment.kind === 'newline') {
          return (
            <span key={key}>
              {feeds && <Faint>↵</Faint>}
              {breaks ? '\n' : ' '}
            </span>
          );
        }
        if (segment.text === '\t') return <Faint key={key}>{'⇥   '}</Faint>;
        const mark = terse ? segment.code : `${segment.code} ${segment.name}`;
        return (
          <mark
            key={key}
            title={`${segment.code}, ${segment.name}`}
            className={`mx-px rounded-sm px-1 font-mono font-semibold tracking-normal ${terse ? 'align-middle text-[0.5em]' : 'text-[0.85em]'} ${LOUD[segment.kind]}`}
          >
            {segment.kind === 'lookalike' ? `${segment.text} ${mark}` : mark}
          </mark>
        );
      })}
    </bdi>
  );
});

function Faint({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className="text-ink-faint select-none">
      {children}
    </span>
  );
}
