import { ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { count } from './askWords.ts';
import { CutText } from './CutText.tsx';
import { classNames } from './classNames.ts';
import type { JsonNode } from './jsonNodes.ts';
import type { Row } from './jsonRows.ts';
import { VisibleText } from './VisibleText.tsx';

/** Deeper levels stand where this one does, and say how deep they are. */
const DEEPEST = 14;
const STEP_PX = 14;

/** What tells one row from every other. */
export const keyOf = (row: Row): string => (row.kind === 'gap' ? `gap ${row.pointer}` : `at ${row.node.pointer}`);

/** One row of a JSON tree: a value with its name, or how many items are not in sight there. */
export function JsonRow({
  row,
  open,
  whole,
  reached,
  onReach,
  onKey,
  onFold,
  onText,
}: {
  row: Row;
  open: boolean;
  /** Long texts are shown in full. */
  whole: boolean;
  /** The keyboard is on this row, or would come to it first. */
  reached: boolean;
  onReach: () => void;
  onKey: (event: KeyboardEvent) => void;
  /** Folds or unfolds the value, or shows the items of the gap. */
  onFold: () => void;
  /** A cut text was shown in full. */
  onText: () => void;
}) {
  const folds = row.kind === 'value' && row.node.children.length > 0;
  const level = row.depth + 1;
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={false}
      aria-expanded={folds ? open : undefined}
      aria-posinset={row.kind === 'value' ? row.place + 1 : undefined}
      aria-setsize={row.of}
      tabIndex={reached ? 0 : -1}
      data-row={keyOf(row)}
      onFocus={onReach}
      onKeyDown={onKey}
      style={{ paddingLeft: `${Math.min(row.depth, DEEPEST) * STEP_PX}px` }}
      className="flex items-start gap-1 rounded-sm"
    >
      {folds ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${open ? 'Fold' : 'Unfold'} ${row.node.name}`}
          onClick={onFold}
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm text-ink-faint hover:bg-hover"
        >
          <ChevronRight aria-hidden="true" size={12} className={classNames(open && 'rotate-90')} />
        </button>
      ) : (
        <span className="w-4 shrink-0" />
      )}
      {row.kind === 'gap' ? (
        <button
          type="button"
          tabIndex={-1}
          onClick={onFold}
          className="rounded-sm bg-warn-soft px-1.5 font-sans font-medium text-warn-ink hover:underline"
        >
          {row.items.toLocaleString()} of {count(row.of, 'item')} not shown · Show
        </button>
      ) : (
        <>
          {row.depth > DEEPEST && <span className="shrink-0 font-sans text-2xs text-ink-faint">level {level}</span>}
          <span className="max-w-[45%] shrink-0 text-ink-soft wrap-anywhere">
            {row.node.name === '' ? (
              <span className="text-ink-faint italic">empty</span>
            ) : (
              <VisibleText text={row.node.name} breaks={false} />
            )}
            <span className="text-ink-faint">:</span>
          </span>
          <Value node={row.node} whole={whole} onText={onText} />
        </>
      )}
    </div>
  );
}

function Value({ node, whole, onText }: { node: JsonNode; whole: boolean; onText: () => void }) {
  if (node.kind === 'object' || node.kind === 'array') {
    const holds = count(node.children.length, node.kind === 'array' ? 'item' : 'key');
    const empty = node.kind === 'array' ? '[]' : '{}';
    return <span className="font-sans text-ink-faint">{node.children.length === 0 ? empty : holds}</span>;
  }
  return (
    <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">
      {node.kind === 'literal' ? (
        <span className="text-accent-ink">{node.text}</span>
      ) : node.text === '' ? (
        <span className="text-ink-faint italic">empty text</span>
      ) : whole ? (
        <VisibleText ends text={node.text} />
      ) : (
        <CutText ends text={node.text} name={node.name} onOpen={onText} />
      )}
    </span>
  );
}
