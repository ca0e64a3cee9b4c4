import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { classNames } from './classNames.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** A CSS grid track such as `7rem` or `minmax(0, 2fr)`. */
  readonly width: string;
  readonly align?: 'right';
  readonly cell: (row: Row) => ReactNode;
}

/**
 * Rows of one height of which only those in sight are drawn. Arrow keys, Home and End move, Enter opens.
 * `onEnd` is called when the last rows come into sight.
 */
export function Table<Row>({
  label,
  rows,
  columns,
  keyOf,
  selected,
  onOpen,
  onEnd,
  rowHeight = 36,
}: {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  selected?: string | undefined;
  onOpen: (row: Row) => void;
  onEnd?: (() => void) | undefined;
  rowHeight?: number;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last !== undefined && last.index >= rows.length - 20) onEnd?.();
    },
  });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };

  function move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1);
    const to: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const index = Math.max(0, Math.min(rows.length - 1, next));
      setActive(index);
      virtual.scrollToIndex(index);
      return;
    }
    const row = rows[active];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen(row);
    }
  }

  const activeRow = rows[active];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element
    <div role="grid" aria-label={label} aria-rowcount={rows.length + 1} className="flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid's body takes the focus */}
      <div
        role="row"
        style={template}
        className="grid gap-4 border-b border-line px-4 py-2 pr-6 text-2xs font-medium tracking-wide text-ink-faint"
      >
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: part of the grid above
          // biome-ignore lint/a11y/useFocusableInteractive: the grid's body takes the focus
          <span role="columnheader" key={column.key} className={classNames(column.align === 'right' && 'text-right')}>
            {column.title}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: part of the grid above */}
      <div
        ref={scroller}
        role="rowgroup"
        tabIndex={0}
        aria-activedescendant={activeRow === undefined ? undefined : `row-${keyOf(activeRow)}`}
        aria-label={`${label}, rows`}
        onKeyDown={move}
        className="group/rows min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
      >
        <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = keyOf(row);
            return (
              // biome-ignore lint/a11y/useSemanticElements: part of the grid above
              // biome-ignore lint/a11y/useFocusableInteractive: the grid's body takes the focus
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's body handles the keys
              <div
                role="row"
                id={`row-${key}`}
                key={key}
                aria-rowindex={item.index + 2}
                aria-selected={selected === key}
                onClick={() => {
                  setActive(item.index);
                  onOpen(row);
                }}
                style={{ ...template, height: rowHeight, transform: `translateY(${item.start}px)` }}
                className={classNames(
                  'absolute inset-x-0 top-0 grid items-center gap-4 border-b border-line px-4 text-sm hover:bg-hover',
                  selected === key && 'bg-selected',
                  item.index === active &&
                    'group-focus-visible/rows:outline-2 group-focus-visible/rows:outline-accent-ink group-focus-visible/rows:outline-offset-[-2px]',
                )}
              >
                {columns.map((column) => (
                  // biome-ignore lint/a11y/useSemanticElements: part of the grid above
                  // biome-ignore lint/a11y/useFocusableInteractive: the grid's body takes the focus
                  <span
                    role="gridcell"
                    key={column.key}
                    className={classNames('min-w-0 truncate', column.align === 'right' && 'text-right tabular-nums')}
                  >
                    {column.cell(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
