import type { AskView } from '../../main/contract/ask.ts';
import { ClientLine } from '../ui/ClientLine.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';

/** Who asks: a client with the program behind it, or the person. */
export function Who({ ask }: { ask: AskView }) {
  const { subject } = ask;
  if (subject.kind !== 'call')
    return <p className="text-sm text-ink-faint">Asked for in Countersign or on its command line.</p>;
  return (
    <p className="text-sm text-ink-soft">
      <ClientLine client={subject.client} />
      {' wants to call '}
      <span className="font-mono text-xs font-semibold text-ink">
        <VisibleText text={`${subject.server} › ${subject.tool}`} breaks={false} />
      </span>
    </p>
  );
}
