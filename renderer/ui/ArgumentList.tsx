import { useState } from 'react';
import type { ShownArgument } from '../../main/contract/ask.ts';
import { count } from './askWords.ts';
import { Badge } from './Badge.tsx';
import { CutText } from './CutText.tsx';
import { firstArguments } from './cutArguments.ts';
import { JsonTree } from './JsonTree.tsx';
import { jsonNodes } from './jsonNodes.ts';
import { readable } from './jsonText.ts';
import { VisibleText } from './VisibleText.tsx';
import { hiddenCount } from './visible.ts';

/** Every argument of a call, one block each, in full or counted; an empty list says so. */
export function ArgumentList({
  items,
  elsewhere,
  onOpen,
}: {
  items: readonly ShownArgument[];
  /** Pointer of the argument whose whole text is in sight already, as a change. */
  elsewhere?: string | undefined;
  /** Called with the pointer of an argument once all of it was shown, and with none once all of the list was. */
  onOpen?: ((pointer: string) => void) | undefined;
}) {
  const [all, setAll] = useState(false);
  if (items.length === 0) return <p className="text-sm text-ink-faint">No arguments.</p>;
  const shown = all ? items : firstArguments(items);
  return (
    <>
      <dl className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel">
        {shown.map((item) => (
          <Argument key={item.pointer} item={item} elsewhere={item.pointer === elsewhere} onOpen={onOpen} />
        ))}
      </dl>
      {shown.length < items.length && (
        <button
          type="button"
          onClick={() => {
            setAll(true);
            onOpen?.('');
          }}
          className="mt-2 w-full rounded-md bg-warn-soft px-2 py-1 text-xs font-medium text-warn-ink hover:underline"
        >
          {shown.length.toLocaleString()} of {count(items.length, 'argument')} shown · Show all
        </button>
      )}
    </>
  );
}

function Argument({
  item,
  elsewhere,
  onOpen,
}: {
  item: ShownArgument;
  elsewhere: boolean;
  onOpen: ((pointer: string) => void) | undefined;
}) {
  const [asked, setAsked] = useState(false);
  const value = readable(item.json);
  const name = argumentName(item.pointer);
  const hidden = hiddenCount(name) + (value.kind === 'structure' ? hiddenIn(item.json) : hiddenCount(value.text));
  const opened = () => onOpen?.(item.pointer);
  return (
    <div className="px-3 py-2">
      <dt className="flex items-baseline gap-2 text-xs">
        <span className="min-w-0 font-mono font-semibold wrap-anywhere text-ink-soft">
          {name.length > 200 ? <CutText text={name} name="the name" /> : <VisibleText text={name} breaks={false} />}
        </span>
        {hidden > 0 && (
          <Badge tone="bad">
            {hidden.toLocaleString()} hidden or look-alike {hidden === 1 ? 'character' : 'characters'}
          </Badge>
        )}
        <span className="ml-auto shrink-0 text-2xs text-ink-faint">{sizeOf(value.kind, value.text)}</span>
      </dt>
      <dd className="mt-0.5 overflow-hidden font-mono text-[12.5px] leading-5 wrap-anywhere whitespace-pre-wrap text-ink">
        {elsewhere && !asked ? (
          <button
            type="button"
            onClick={() => setAsked(true)}
            className="rounded-sm font-sans text-xs text-accent-ink hover:underline"
          >
            All of it is in the change above · Show it here
          </button>
        ) : value.text === '' ? (
          <span className="text-ink-faint italic">empty text</span>
        ) : value.kind === 'structure' && value.text.length > 2 ? (
          <JsonTree bare text={item.json} name={name} onOpen={opened} />
        ) : (
          <CutText
            ends={value.kind === 'string'}
            feeds={value.kind === 'string'}
            text={value.text}
            name={name}
            onOpen={opened}
          />
        )}
      </dd>
    </div>
  );
}

/** Marked characters in the names and texts of a structure. */
function hiddenIn(json: string): number {
  let found = 0;
  for (const waiting = [jsonNodes(json)]; waiting.length > 0; ) {
    const node = waiting.pop();
    if (node == null) continue;
    found += hiddenCount(node.name) + hiddenCount(node.text);
    for (const child of node.children) waiting.push(child);
  }
  return found;
}

/** `/edits/0/oldText` as `edits › 0 › oldText` (RFC 6901 escapes undone). */
export function argumentName(pointer: string): string {
  if (pointer === '') return '(the whole value)';
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ');
}

function sizeOf(kind: 'string' | 'literal' | 'structure', text: string): string {
  if (kind === 'literal')
    return text === 'true' || text === 'false' ? 'true or false' : text === 'null' ? 'null' : 'number';
  const lines = text.split('\n').length;
  const size = `${text.length.toLocaleString()} ${text.length === 1 ? 'character' : 'characters'}`;
  return lines > 1 ? `${size}, ${lines} lines` : kind === 'structure' ? `${size} of JSON` : size;
}
