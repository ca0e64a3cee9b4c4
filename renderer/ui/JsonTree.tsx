import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { count } from './askWords.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { classNames } from './classNames.ts';
import { isCut } from './cut.ts';
import { JsonRow, keyOf } from './JsonRow.tsx';
import { type JsonNode, jsonNodes } from './jsonNodes.ts';
import { hiddenValues, type Opened, openedAtFirst, type Row, rowsOf } from './jsonRows.ts';
import { layOut } from './jsonText.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import { VisibleText } from './VisibleText.tsx';

/** More rows than this are shown as laid-out text: nobody walks through them one by one. */
const MOST_ROWS = 4000;

/**
 * JSON as a tree that folds and is walked with the arrow keys; text that is not JSON as it is. `onOpen` is called once
 * every value was shown.
 */
export function JsonTree({
  text,
  name,
  bare = false,
  onOpen,
}: {
  text: string;
  name: string;
  /** Without a frame of its own. */
  bare?: boolean;
  onOpen?: (() => void) | undefined;
}) {
  const root = useMemo(() => jsonNodes(text), [text]);
  if (root === null || root.children.length === 0) return <CodeBlock text={layOut(text)} name={name} />;
  return <Tree root={root} text={text} name={name} bare={bare} onOpen={onOpen} />;
}

function Tree({
  root,
  text,
  name,
  bare,
  onOpen,
}: {
  root: JsonNode;
  text: string;
  name: string;
  bare: boolean;
  onOpen: (() => void) | undefined;
}) {
  const [opened, setOpened] = useState<Opened>(() => openedAtFirst(root));
  const [texts, setTexts] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(root, opened), [root, opened]);
  const hidden = hiddenValues(root, rows);
  const cut = cutTexts(rows, opened, texts);

  function open(next: Opened): void {
    setOpened(next);
    tell(next, texts);
  }
  function openText(pointer: string): void {
    const next = new Set(texts).add(pointer);
    setTexts(next);
    tell(opened, next);
  }
  function tell(nodes: Opened, whole: ReadonlySet<string>): void {
    const shown = rowsOf(root, nodes);
    if (hiddenValues(root, shown) === 0 && cutTexts(shown, nodes, whole) === 0) onOpen?.();
  }
  function toggle(pointer: string, wanted?: boolean): void {
    const nodes = new Set(opened.all ? everyPointer(root) : opened.nodes);
    if (wanted ?? !nodes.has(pointer)) nodes.add(pointer);
    else nodes.delete(pointer);
    open({ all: false, nodes, gaps: opened.all ? nodes : opened.gaps });
  }
  function go(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setAt(keyOf(row));
    list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(keyOf(row))}"]`)?.focus();
  }
  function onKey(event: KeyboardEvent, row: Row, index: number): void {
    const isOpen = row.kind === 'value' && row.node.children.length > 0 && isOpened(row.node, opened);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown':
        go(index + 1);
        break;
      case 'ArrowUp':
        go(index - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(rows.length - 1);
        break;
      case 'ArrowRight':
        if (isOpen) go(index + 1);
        else if (row.kind === 'gap') open({ ...opened, gaps: new Set(opened.gaps).add(row.pointer) });
        else if (row.node.children.length > 0) toggle(row.node.pointer, true);
        break;
      case 'ArrowLeft':
        if (isOpen && row.kind === 'value') toggle(row.node.pointer, false);
        else go(rows.findLastIndex((other, before) => before < index && other.depth < row.depth));
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  if (rows.length > MOST_ROWS)
    return (
      <ScrollRegion label={name} className="max-h-[60vh] overflow-auto font-mono text-xs">
        <pre className="wrap-anywhere whitespace-pre-wrap">
          <VisibleText feeds={false} text={layOut(text)} />
        </pre>
      </ScrollRegion>
    );
  const current = rows.some((row) => keyOf(row) === at) ? at : rows[0] && keyOf(rows[0]);
  return (
    <div className={classNames(!bare && 'overflow-auto rounded-lg border border-line bg-sunken px-3 py-2')}>
      <div role="tree" aria-label={name} ref={list} className="font-mono text-xs leading-5">
        {rows.map((row, index) => (
          <JsonRow
            key={keyOf(row)}
            row={row}
            open={row.kind === 'value' && isOpened(row.node, opened)}
            whole={opened.all}
            reached={keyOf(row) === current}
            onReach={() => setAt(keyOf(row))}
            onKey={(event) => onKey(event, row, index)}
            onFold={() => {
              if (row.kind === 'value') toggle(row.node.pointer);
              else open({ ...opened, gaps: new Set(opened.gaps).add(row.pointer) });
            }}
            onText={() => row.kind === 'value' && openText(row.node.pointer)}
          />
        ))}
      </div>
      {hidden + cut > 0 && (
        <div className="mt-1.5 flex items-center gap-2 font-sans">
          <span className="h-px flex-1 bg-line-strong" />
          <button
            type="button"
            onClick={() => open({ ...opened, all: true })}
            className="rounded-sm bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn-ink hover:underline"
          >
            {hidden > 0
              ? `${(root.size - hidden).toLocaleString()} of ${count(root.size, 'value')} shown`
              : `${count(cut, 'text')} cut`}{' '}
            · Show all
            <span className="sr-only"> of {name}</span>
          </button>
          <span className="h-px flex-1 bg-line-strong" />
        </div>
      )}
    </div>
  );
}

/** Texts in sight of which a part is not. */
function cutTexts(rows: readonly Row[], { all }: Opened, whole: ReadonlySet<string>): number {
  if (all) return 0;
  return rows.filter((row) => row.kind === 'value' && !whole.has(row.node.pointer) && isCut(row.node.text)).length;
}

const isOpened = (node: JsonNode, { all, nodes }: Opened): boolean => all || nodes.has(node.pointer);

function everyPointer(root: JsonNode): Set<string> {
  const found = new Set<string>();
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.add(node.pointer);
    for (const child of node.children) waiting.push(child);
  }
  return found;
}
