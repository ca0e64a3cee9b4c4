import type { ShownArgument } from '../../main/contract/ask.ts';
import { Badge } from './Badge.tsx';
import { CutText } from './CutText.tsx';
import { readable } from './jsonText.ts';
import { VisibleText } from './VisibleText.tsx';
import { hiddenCount } from './visible.ts';

/** Every argument of a call, one block each, in full or counted; an empty list says so. */
export function ArgumentList({
  items,
  onOpen,
}: {
  items: readonly ShownArgument[];
  onOpen?: ((pointer: string) => void) | undefined;
}) {
  if (items.length === 0) return <p className="text-sm text-ink-faint">No arguments.</p>;
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel">
      {items.map((item) => (
        <Argument key={item.pointer} item={item} onOpen={onOpen} />
      ))}
    </dl>
  );
}

function Argument({ item, onOpen }: { item: ShownArgument; onOpen: ((pointer: string) => void) | undefined }) {
  const value = readable(item.json);
  const hidden = hiddenCount(value.text);
  const name = argumentName(item.pointer);
  return (
    <div className="px-3 py-2">
      <dt className="flex items-baseline gap-2 text-xs">
        <span className="font-mono font-semibold text-ink-soft">
          <VisibleText text={name} breaks={false} />
        </span>
        {hidden > 0 && (
          <Badge tone="bad">
            {hidden} hidden or look-alike {hidden === 1 ? 'character' : 'characters'}
          </Badge>
        )}
        <span className="ml-auto shrink-0 text-2xs text-ink-faint">{sizeOf(value.kind, value.text)}</span>
      </dt>
      <dd className="mt-0.5 font-mono text-[12.5px] leading-5 break-words whitespace-pre-wrap text-ink">
        {value.text === '' ? (
          <span className="text-ink-faint italic">empty text</span>
        ) : (
          <CutText
            feeds={value.kind === 'string'}
            text={value.text}
            name={name}
            onOpen={() => onOpen?.(item.pointer)}
          />
        )}
      </dd>
    </div>
  );
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
