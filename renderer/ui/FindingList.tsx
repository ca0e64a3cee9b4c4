import { TriangleAlert } from 'lucide-react';
import type { ToolFinding } from '../../main/contract/tool.ts';
import { VisibleText } from './VisibleText.tsx';

/** What stands out in a definition: the reason, the place, and the very span in its surroundings, every character visible. */
export function FindingList({ findings, label }: { findings: readonly ToolFinding[]; label: string }) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label={label} className="space-y-2">
      {findings.map(({ id, pointer, message, span, quote }) => (
        <li key={`${id} ${pointer} ${span?.of} ${message}`} className="flex items-start gap-2 text-sm text-bad-ink">
          <TriangleAlert aria-hidden="true" size={14} className="mt-[3px] shrink-0" />
          <div className="min-w-0">
            <VisibleText text={message} />{' '}
            <code className="font-mono text-xs break-all text-ink-faint">
              <VisibleText text={pointer} breaks={false} />
            </code>
            {quote && (
              <p className="mt-0.5 font-mono text-xs break-words text-ink-soft">
                <VisibleText text={quote.before} breaks={false} />
                <strong className="rounded-sm bg-bad-soft px-0.5 font-semibold text-bad-ink underline decoration-bad-ink decoration-2 underline-offset-2">
                  <VisibleText text={quote.found} breaks={false} />
                </strong>
                <VisibleText text={quote.after} breaks={false} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
