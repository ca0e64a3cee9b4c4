import type { AskView } from '../../../main/contract/ask.ts';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSessions } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { askSentence, KIND_WORDS } from '../../ui/askWords.ts';
import { AskBadge, Badge, ClassBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { duration, fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** One answered ask on a line or two: what, the answer, by whom, how long it took. */
export function PastAsk({ ask }: { ask: AskView }) {
  const at = ask.answeredAt ?? ask.askedAt;
  const took = ask.answeredAt === null ? null : Date.parse(ask.answeredAt) - Date.parse(ask.askedAt);
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <span className="mt-px w-24 shrink-0">
        <AskBadge value={ask.state} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-sm break-words">
          <VisibleText text={askSentence(ask.subject)} />
        </p>
        {ask.note !== null && (
          <p className="text-xs text-ink-soft">
            <VisibleText text={ask.by === null ? ask.note : `“${ask.note}”`} />
          </p>
        )}
        <p className="text-xs text-ink-faint">
          {ask.by === null ? 'Nobody answered' : `By ${ask.by}`}
          {took !== null && `, after ${duration(took)}`}
        </p>
        {ask.state === 'timed-out' && <Retry ask={ask} />}
      </div>
      {ask.subject.kind === 'call' ? (
        <ClassBadge value={ask.subject.class} />
      ) : (
        <Badge>{KIND_WORDS[ask.subject.kind]}</Badge>
      )}
      <time dateTime={at} title={fullTime(at)} className="w-24 shrink-0 text-right text-xs text-ink-faint tabular-nums">
        {shortTime(at, Date.now())}
      </time>
    </li>
  );
}

/** A call that nobody answered in time can be asked about once more while its session lasts, so that its retry goes through. */
function Retry({ ask: { id, subject } }: { ask: AskView }) {
  const sessions = useSessions();
  const again = useProposal((link) => link.asks.again({ id }));
  const lasts = subject.kind === 'call' && sessions.data?.some((session) => session.id === subject.session) === true;
  if (!lasts) return null;
  return (
    <div className="mt-1.5 space-y-2">
      {again.view === null && (
        <Button size="sm" busy={again.busy} onClick={() => again.propose()}>
          Allow the retry…
        </Button>
      )}
      <ProposalNotice proposal={again} />
    </div>
  );
}
