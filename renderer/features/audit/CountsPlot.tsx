import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { AuditQuery } from '../../../main/contract/audit.ts';
import type { SearchCounts } from '../../../main/contract/search.ts';
import { useCounts } from '../../link/queries.ts';

const HEIGHT = 72;

/** How many records fit over time, those that were denied in front. Dragging over it narrows the search to that time. */
export function CountsPlot({ query, onRange }: { query: AuditQuery; onRange: (after: Date, before: Date) => void }) {
  const counts = useCounts(query).data ?? null;
  const all = counts?.counts.reduce((sum, one) => sum + one.all, 0) ?? 0;
  const denied = counts?.counts.reduce((sum, one) => sum + one.denied, 0) ?? 0;
  return (
    <figure
      className="relative mb-3 h-[72px] overflow-hidden rounded-lg border border-line bg-panel"
      aria-label="Records over time"
    >
      <figcaption className="sr-only">
        {counts?.atMost && 'At most '}
        {all.toLocaleString()} records over time, {denied.toLocaleString()} of them denied.
      </figcaption>
      {counts !== null && all > 0 && <Plot counts={counts} onRange={onRange} />}
      {counts?.atMost && all > 0 && (
        <p
          title="The plot counts every record that may fit. The table looks at each whether it does."
          className="absolute top-1 right-2 rounded bg-panel px-1 text-xs text-ink-faint"
        >
          at most
        </p>
      )}
    </figure>
  );
}

function Plot({ counts, onRange }: { counts: SearchCounts; onRange: (after: Date, before: Date) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const range = useRef(onRange);
  range.current = onRange;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const plot = new uPlot(
      options(element, counts.step, (...ends) => range.current(...ends)),
      dataOf(counts),
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [counts]);
  return <div ref={place} aria-hidden="true" className="h-full" />;
}

function dataOf({ from, step, counts }: SearchCounts): uPlot.AlignedData {
  const start = Date.parse(from);
  return [
    counts.map((_, at) => (start + (at + 0.5) * step) / 1000),
    counts.map(({ all }) => all),
    counts.map(({ denied }) => denied),
  ];
}

function options(element: HTMLElement, step: number, onRange: (after: Date, before: Date) => void): uPlot.Options {
  const ink = (name: string) => resolved(element, `var(--color-${name})`);
  const axis = { stroke: ink('ink-faint'), grid: { show: false }, ticks: { show: false }, font: '11px sans-serif' };
  const bars = uPlot.paths.bars?.({ size: [0.9, 40], radius: 0.15 });
  const series = (fill: string) => ({ fill, width: 0, points: { show: false }, ...(bars && { paths: bars }) });
  return {
    width: element.clientWidth,
    height: HEIGHT,
    // The last label stands half beyond the last bar.
    padding: [6, 20, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false }, y: false },
    scales: { x: { range: (_, low, high) => [low - step / 2000, high + step / 2000] } },
    axes: [
      {
        ...axis,
        size: 20,
        space: 80,
        // Marks less than a second apart would all say the same.
        values: (_, times, __, ___, apart) => times.map((at) => (Number.isInteger(at) ? timeWords(at, apart) : null)),
      },
      {
        ...axis,
        size: 40,
        space: 14,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 50_000, 100_000],
      },
    ],
    series: [{}, series(ink('accent')), series(ink('bad-solid'))],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 3) return;
          const time = (pixel: number) => new Date(plot.posToVal(pixel, 'x') * 1000);
          onRange(time(left), time(left + width));
        },
      ],
    },
  };
}

/** A time in seconds as an axis whose marks are so many seconds apart shows it. */
function timeWords(at: number, apart: number): string {
  const time = new Date(at * 1000);
  return apart >= 86_400
    ? time.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
    : time.toLocaleTimeString(undefined, {
        hour: '2-digit',
        minute: '2-digit',
        ...(apart < 60 && { second: '2-digit' }),
        hourCycle: 'h23',
      });
}

/** A canvas knows no `light-dark()`: the colour as the page shows it here. */
function resolved(element: HTMLElement, colour: string): string {
  const before = element.style.color;
  element.style.color = colour;
  const shown = getComputedStyle(element).color;
  element.style.color = before;
  return shown;
}
