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

const HEADER_HEIGHT = 33;
/** Rows before the end at which more are asked for. */
const AHEAD = 20;

/**
 * Rows of one height of which only those in sight are drawn. The grid itself has the focus: arrow keys, Page Up and Down,
 * Home and End move the active row, Enter opens it. `onEnd` is called when the last rows come near.
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
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last !== undefined && last.index >= rows.length - AHEAD) onEnd?.();
    },
  });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  const activeRow = rows[active];

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && activeRow !== undefined) {
      event.preventDefault();
      onOpen(activeRow);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = moved(event.key, active, rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={activeRow === undefined ? undefined : `row-${keyOf(activeRow)}`}
      onKeyDown={onKey}
      className="group/grid min-h-0 flex-1 overflow-y-auto outline-none"
    >
      <Cells row="header" template={template} className="sticky top-0 z-1 h-[33px] border-b border-line bg-panel px-4">
        {columns.map((column) => (
          <Cell
            key={column.key}
            role="columnheader"
            right={column.align === 'right'}
            look="text-2xs font-medium text-ink-faint"
          >
            {column.title}
          </Cell>
        ))}
      </Cells>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = keyOf(row);
          return (
            <Cells
              key={key}
              row={key}
              index={item.index}
              chosen={selected === key}
              template={{ ...template, height: rowHeight, transform: `translateY(${item.start - HEADER_HEIGHT}px)` }}
              onClick={() => {
                setActive(item.index);
                onOpen(row);
              }}
              className={classNames(
                'absolute inset-x-0 top-0 border-b border-line px-4 text-sm hover:bg-hover',
                selected === key && 'bg-selected',
                item.index === active &&
                  'group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-accent-ink group-focus-visible/grid:outline-offset-[-2px]',
              )}
            >
              {columns.map((column) => (
                <Cell key={column.key} role="gridcell" right={column.align === 'right'}>
                  {column.cell(row)}
                </Cell>
              ))}
            </Cells>
          );
        })}
      </div>
    </div>
  );
}

/** The row that a key leads to; undefined when the key moves nothing. */
function moved(key: string, from: number, count: number, page: number): number | undefined {
  const to: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = to[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}

function Cells(props: {
  row: string;
  index?: number;
  chosen?: boolean;
  template: React.CSSProperties;
  className: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  const header = props.index === undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
    <div
      role="row"
      id={header ? undefined : `row-${props.row}`}
      aria-rowindex={header ? 1 : (props.index ?? 0) + 2}
      aria-selected={header ? undefined : props.chosen}
      onClick={props.onClick}
      style={props.template}
      className={classNames('grid items-center gap-4', props.className)}
    >
      {props.children}
    </div>
  );
}

function Cell(props: { role: 'columnheader' | 'gridcell'; right: boolean; look?: string; children: ReactNode }) {
  return (
    <span
      role={props.role}
      className={classNames('min-w-0 truncate', props.right && 'text-right tabular-nums', props.look)}
    >
      {props.children}
    </span>
  );
}
