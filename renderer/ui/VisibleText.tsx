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
};

/** Text whose every character can be seen: hidden ones as a mark with code and name, look-alikes underlined and named. */
export const VisibleText = memo(function VisibleText({ text, breaks = true }: { text: string; breaks?: boolean }) {
  let at = 0;
  return (
    <bdi>
      {segments(text).map((segment) => {
        const key = at;
        at += segment.text.length;
        if (segment.kind === 'plain') return <span key={key}>{segment.text}</span>;
        if (segment.kind === 'newline') {
          return (
            <span key={key}>
              <span aria-hidden="true" className="text-ink-faint select-none">
                ↵
              </span>
              {breaks ? '\n' : ' '}
            </span>
          );
        }
        if (segment.text === '\t') {
          return (
            <span key={key} aria-hidden="true" className="text-ink-faint select-none">
              {'⇥   '}
            </span>
          );
        }
        const imitates = segment.kind === 'lookalike';
        return (
          <mark
            key={key}
            title={`${segment.code}, ${segment.name}`}
            className={`mx-px rounded-sm px-1 font-mono text-[0.85em] font-semibold ${LOUD[segment.kind]}`}
          >
            {imitates ? `${segment.text} ${segment.code} ${segment.name}` : `${segment.code} ${segment.name}`}
          </mark>
        );
      })}
    </bdi>
  );
});
