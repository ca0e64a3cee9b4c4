import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../../main/contract/server.ts';
import { Await } from '../../link/Await.tsx';
import { useLogs } from '../../link/queries.ts';
import { SearchInput } from '../../ui/Field.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

const INK = { stderr: 'text-ink', stdout: 'text-warn-ink', lifecycle: 'text-accent-ink' } as const;

/** What the server wrote and what happened to it, newest last, searchable. */
export function LogPanel({ server }: { server: string }) {
  const [words, setWords] = useState('');
  const query = useLogs(server, useDeferredValue(words.trim()));
  return (
    <div className="space-y-3">
      <SearchInput
        label="Search the log"
        placeholder="Search the log"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        className="max-w-sm"
      />
      <Await query={query} rows={8}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="rounded-lg border border-line bg-panel px-4 py-6 text-center text-sm text-ink-faint">
              {words === '' ? 'Nothing was written yet.' : 'No line has these words.'}
            </p>
          ) : (
            <Lines lines={lines} />
          )
        }
      </Await>
    </div>
  );
}

function Lines({ lines }: { lines: readonly LogLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
  });
  const last = lines.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line scrolls to the end
  useEffect(() => {
    if (lines.length > 0) virtual.scrollToIndex(lines.length - 1);
  }, [last]);
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Log lines"
      className="h-[calc(100vh-18rem)] min-h-64 overflow-y-auto rounded-lg border border-line bg-sunken py-2 font-mono text-xs"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          return (
            <div
              key={line.seq}
              ref={virtual.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0 flex gap-3 px-3 leading-5"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <time dateTime={line.at} title={fullTime(line.at)} className="shrink-0 text-ink-faint tabular-nums">
                {shortTime(line.at, Date.now())}
              </time>
              <span className="w-16 shrink-0 text-ink-faint">{line.stream}</span>
              <span className={`min-w-0 break-words whitespace-pre-wrap ${INK[line.stream]}`}>
                <VisibleText text={line.text} />
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
