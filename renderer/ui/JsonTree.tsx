import { ChevronRight } from 'lucide-react';
import { CodeBlock } from './CodeBlock.tsx';
import { layOut, parsed } from './jsonText.ts';
import { VisibleText } from './VisibleText.tsx';

const MANY = 200;

/** JSON as a tree that folds; text that is not JSON, or too large to fold, as it is. */
export function JsonTree({ text, name }: { text: string; name: string }) {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || text.length > 200_000 || losesDigits(text)) {
    return <CodeBlock text={layOut(text)} name={name} />;
  }
  return (
    <ul aria-label={name} className="overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs">
      {entries(value).map(([key, child]) => (
        <Node key={key} name={key} value={child} depth={0} />
      ))}
    </ul>
  );
}

/** Numbers that JavaScript would round are shown as the text they are, never through a parser. */
export function losesDigits(json: string): boolean {
  const bare = json.replace(/"(?:[^"\\]|\\.)*"/gsu, '""');
  return (bare.match(/-?\d[\d.eE+-]*/g) ?? []).some((digits) => String(Number(digits)) !== digits);
}

function entries(value: object): [string, unknown][] {
  return Object.entries(value).slice(0, MANY);
}

function Node({ name, value, depth }: { name: string; value: unknown; depth: number }) {
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length;
    const open = depth < 2 && count <= 20;
    return (
      <li>
        <details open={open} className="group/node">
          <summary className="flex list-none items-center gap-1 rounded-sm">
            <ChevronRight aria-hidden="true" size={12} className="shrink-0 text-ink-faint group-open/node:rotate-90" />
            <span className="text-ink-soft">
              <VisibleText text={name} breaks={false} />
            </span>
            <span className="text-ink-faint">{Array.isArray(value) ? `[${count}]` : `{${count}}`}</span>
          </summary>
          <ul className="ml-[5px] border-l border-line pl-3">
            {entries(value).map(([key, child]) => (
              <Node key={key} name={key} value={child} depth={depth + 1} />
            ))}
            {count > MANY && <li className="text-ink-faint">and {count - MANY} more</li>}
          </ul>
        </details>
      </li>
    );
  }
  return (
    <li className="flex gap-2 pl-4">
      <span className="shrink-0 text-ink-soft">
        <VisibleText text={name} breaks={false} />
      </span>
      <span className="min-w-0 break-words whitespace-pre-wrap">
        {typeof value === 'string' ? (
          <VisibleText text={value} />
        ) : (
          <span className="text-accent-ink">{String(value)}</span>
        )}
      </span>
    </li>
  );
}
