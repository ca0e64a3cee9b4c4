import { ChevronRight, Layers } from 'lucide-react';
import type { AskView } from '../../main/contract/ask.ts';
import { askSentence, count } from '../ui/askWords.ts';
import { Button } from '../ui/Button.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';

/** Calls like the one in sight that wait behind it: to be looked through in one go, and denied in one. A yes is given one by one. */
export function Alike({ asks, onDeny }: { asks: readonly AskView[]; onDeny: () => void }) {
  return (
    <details className="group/alike rounded-lg border border-line bg-panel text-sm">
      <summary className="flex list-none items-center gap-2 rounded-lg px-3.5 py-2">
        <ChevronRight
          aria-hidden="true"
          size={14}
          className="shrink-0 text-ink-faint group-open/alike:rotate-90 motion-safe:transition-transform"
        />
        <Layers aria-hidden="true" size={14} className="shrink-0 text-ink-faint" />
        <span>
          <span className="font-medium">{count(asks.length, 'more call')} like this</span>
          <span className="text-ink-soft"> {asks.length === 1 ? 'waits' : 'wait'} from the same session</span>
        </span>
      </summary>
      <div className="border-t border-line px-3.5 py-2">
        <ol className="max-h-44 list-decimal space-y-1 overflow-y-auto pl-5 text-ink-soft">
          {asks.map((ask) => (
            <li key={ask.id} className="wrap-anywhere">
              <VisibleText terse text={askSentence(ask.subject)} />
            </li>
          ))}
        </ol>
        <div className="mt-2 flex items-center gap-3">
          <Button size="sm" look="dangerPlain" onClick={onDeny}>
            Deny all {asks.length + 1}
          </Button>
          <span className="text-xs text-ink-faint">Each is allowed by itself, one after the other.</span>
        </div>
      </div>
    </details>
  );
}
