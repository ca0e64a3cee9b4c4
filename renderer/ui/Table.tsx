import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { classNames } from './classNames.ts';
import { useRowScroll } from './useRowScroll.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** A CSS grid track such as `7rem` or `minmax(0, 2fr)`. */
  readonly width: string;
  readonly align?: 'right';
  readonly cell: (row: Row) => ReactNode;
}

/** As many rows as there are; those that are not there yet are undefined. An array is one. */
export interface RowList<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
}

/** What of the table a person looks at. */
export interface Sight {
  /** First row in sight. */
  readonly first: number;
  /** Behind the last row in sight. */
  readonly end: number;
  /** The row that the keyboard is at. */
  readonly active: number;
}

export interface TableHandle {
  /** Makes a row the active one and the first in sight. */
  goTo(row: number): void;
  /** Gives the keyboard to the table. */
  focus(): void;
}

const HEADER_HEIGHT = 33;
/** Rows that are drawn above and below what is in sight. */
const BESIDE = 6;

/**
 * Rows of one height of which only those in sight are drawn, however many there are. The grid itself has the focus: arrow
 * keys, Page Up and Down, Home and End move the active row, Enter opens it. `onSight` is told what is in sight.
 */
export function Table<Row>({
  ref,
  label,
  rows,
  exact = true,
  columns,
  keyOf,
  selected,
  onOpen,
  onSight,
  rowHeight = 36,
}: {
  ref?: Ref<TableHandle>;
  label: string;
  rows: RowList<Row>;
  /** False while their number is an estimate. */
  exact?: boolean;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  selected?: string | undefined;
  onOpen: (row: Row) => void;
  onSight?: ((sight: Sight) => void) | undefined;
  rowHeight?: number;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setActive] = useState(0);
  const count = rows.length;
  const active = Math.max(0, Math.min(at, count - 1));
  const scroll = useRowScroll(scroller, { count, rowHeight, margin: HEADER_HEIGHT });
  const { first, end, sight } = scroll;
  const from = Math.max(0, first - BESIDE);
  const drawn = Array.from({ length: Math.min(count, end + BESIDE) - from }, (_, place) => from + place);

  const told = useRef({ onSight, onOpen });
  told.current = { onSight, onOpen };
  useEffect(() => told.current.onSight?.({ first, end, active }), [first, end, active]);
  const pick = useCallback((index: number, row: Row | undefined) => {
    setActive(index);
    if (row !== undefined) told.current.onOpen(row);
  }, []);

  useImperativeHandle(ref, () => ({
    goTo(row) {
      setActive(row);
      scroll.goTo(row, 'first');
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  function onKey(event: KeyboardEvent): void {
    const row = rows.at(active);
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const page = Math.max(1, Math.floor(sight / rowHeight) - 1);
    const next = moved(event.key, active, count, page);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    scroll.goTo(next, 'nearest');
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={exact ? count + 1 : -1}
      aria-activedescendant={active >= from && active < from + drawn.length ? `${id}-${active}` : undefined}
      onKeyDown={onKey}
      onScroll={scroll.onScroll}
      onScrollEnd={scroll.onScrollEnd}
      className="group/grid min-h-0 flex-1 overflow-y-auto outline-none"
    >
      <div role="presentation" style={{ height: HEADER_HEIGHT + scroll.height }}>
        <div role="presentation" className="sticky top-0 overflow-y-clip" style={{ height: HEADER_HEIGHT + sight }}>
          <Cells
            template={templateOf(columns)}
            index={0}
            className="relative z-1 h-[33px] border-b border-line bg-panel px-4"
          >
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
          <div role="rowgroup" style={{ transform: `translateY(${from * rowHeight - scroll.top}px)` }}>
            {drawn.map((index) => {
              const row = rows.at(index);
              return (
                <Line
                  key={index}
                  id={`${id}-${index}`}
                  index={index}
                  row={row}
                  columns={columns}
                  rowHeight={rowHeight}
                  chosen={row !== undefined && selected === keyOf(row)}
                  active={index === active}
                  onPick={pick}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

interface LineProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rowHeight: number;
  readonly chosen: boolean;
  readonly active: boolean;
  readonly onPick: (index: number, row: Row | undefined) => void;
}

/** Drawn again only when something of it changed: scrolling draws a row or two of all that are in sight. */
const Line = memo(function Line<Row>({ id, index, row, columns, rowHeight, chosen, active, onPick }: LineProps<Row>) {
  return (
    <Cells
      id={id}
      index={index + 1}
      chosen={chosen}
      busy={row === undefined}
      template={{ ...templateOf(columns), height: rowHeight }}
      onClick={() => onPick(index, row)}
      className={classNames(
        'border-b border-line px-4 text-sm hover:bg-hover',
        chosen && 'bg-selected',
        active &&
          'group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-accent-ink group-focus-visible/grid:outline-offset-[-2px]',
      )}
    >
      {columns.map((column) => (
        <Cell key={column.key} role="gridcell" right={column.align === 'right'}>
          {row === undefined ? <Awaited /> : column.cell(row)}
        </Cell>
      ))}
    </Cells>
  );
}) as <Row>(props: LineProps<Row>) => ReactNode;

function templateOf<Row>(columns: readonly Column<Row>[]): CSSProperties {
  return { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
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

/** A grey line where the cell of a row will be. */
function Awaited() {
  return <span aria-hidden="true" className="block h-3 w-3/5 rounded-sm bg-hover" />;
}

function Cells(props: {
  id?: string;
  /** From 0, the header included. */
  index: number;
  chosen?: boolean;
  busy?: boolean;
  template: CSSProperties;
  className: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
    <div
      role="row"
      id={props.id}
      aria-rowindex={props.index + 1}
      aria-selected={props.chosen}
      aria-busy={props.busy || undefined}
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
