import type { AskView } from '../../main/contract/ask.ts';
import { ClientLine } from '../ui/ClientLine.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';

const ASKED = {
  window: 'Asked for in the Countersign window.',
  browser: 'Asked for on Countersign’s page in a browser.',
  control: 'Asked for on the command line. If that was not you, a program of your account did: deny.',
} as const;

/** Who asks: a client with the program behind it, the person, or a program that may not be theirs. */
export function Who({ ask }: { ask: AskView }) {
  const { subject, via } = ask;
  if (subject.kind !== 'call')
    return <p className="text-sm text-ink-faint">{via === null ? 'Asked for by Countersign.' : ASKED[via]}</p>;
  return (
    <div className="space-y-0.5 text-sm text-ink-soft">
      <p className="font-mono text-xs font-semibold break-all text-ink">
        <VisibleText text={`${subject.server} › ${subject.tool}`} breaks={false} />
      </p>
      <p>
        {via === null ? 'asked by ' : 'nobody answered in time; asked then by '}
        <ClientLine client={subject.client} />
      </p>
    </div>
  );
}
