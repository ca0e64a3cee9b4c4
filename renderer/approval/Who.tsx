import type { AskView } from '../../main/contract/ask.ts';
import { ClientLine } from '../ui/ClientLine.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';

/** Who asks: a client with the program behind it, or the person. */
export function Who({ ask }: { ask: AskView }) {
  const { subject } = ask;
  if (subject.kind !== 'call')
    return <p className="text-sm text-ink-faint">Asked for in Countersign or on its command line.</p>;
  return (
    <div className="space-y-0.5 text-sm text-ink-soft">
      <p className="font-mono text-xs font-semibold break-all text-ink">
        <VisibleText text={`${subject.server} › ${subject.tool}`} breaks={false} />
      </p>
      <p>
        {'asked by '}
        <ClientLine client={subject.client} />
      </p>
    </div>
  );
}
