import type { FileChange } from '../../contract/change.ts';
import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import type { Grant } from '../../contract/grant.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { Answer } from '../approvals/ports.ts';
import type { GrantCall } from '../grants/ports.ts';
import { withChanges } from './callSubject.ts';
import type { Flight } from './inFlight.ts';
import type { Judged } from './judged.ts';
import { keepAlive } from './keepAlive.ts';
import type { CallRoad } from './road.ts';

/** Whose approval a call goes out with. */
export type Approval = Pick<Answer, 'person' | 'via' | 'second'> & {
  readonly grant?: Grant;
  /** What the person was shown of files; a grant shows nothing. */
  readonly changes?: readonly FileChange[];
};

/** The request as it is asked about. */
export interface Question {
  readonly judged: Judged;
  readonly seen: GrantCall;
  readonly verdict: Verdict;
  /** When its line came, on the monotonic clock: the answer has to be there in time for the client. */
  readonly arrived: number;
}

/**
 * The approval that policy wants: of a live grant that covers the call, at once, so that it is spent in the same turn; or
 * of a person. The refusal that says why there is none.
 */
export function approve(
  road: CallRoad,
  flight: Flight,
  question: Question,
): Approval | Refusal | Promise<Approval | Refusal> {
  const grant = question.verdict.approvals === 1 ? road.deps.grants.cover(question.seen) : null;
  // A grant speaks for the person who gave it; nobody answered now.
  if (grant) return { person: grant.person, via: null, grant };
  return askPerson(road, flight, question);
}

/** The verdict as it stands with this approval: a grant decides in its person's place. */
export function decidedBy(verdict: Verdict, approval: Approval | null): Verdict {
  if (!approval?.grant) return verdict;
  const { id, person, givenAt } = approval.grant;
  const reason = `${person} gave a grant for it at ${givenAt}.`;
  return { ...verdict, decision: 'allow', decider: 'grant', grant: id, reason };
}

async function askPerson(
  road: CallRoad,
  flight: Flight,
  { judged, seen, verdict, arrived }: Question,
): Promise<Approval | Refusal> {
  const { deps } = road;
  const { call, facts, raised } = judged;
  const { standing } = judged.target;
  const offers = deps.grants.offers(seen, {
    approvals: verdict.approvals,
    reviewed: standing.state === 'accepted',
    inputSchema: standing.inputSchema,
  });
  const told = await withChanges(road, seen.subject, facts);
  const subject = offers ? { ...told, offers } : told;
  const { changes = [] } = told;
  const late = deps.asks.late.take(subject, verdict.approvals);
  if (late) return { ...late, via: null, changes };
  const nobody = deps.canAsk(raised.class);
  if (nobody) return nobody;
  const stop = call.tokenJson
    ? keepAlive(deps.clock, deps.limits.progressMs, call.tokenJson, (bytes) => road.toClient(bytes))
    : () => {};
  try {
    const left = deps.limits.askMs - (deps.clock.monotonic() - arrived);
    const { view, answer } = deps.asks.ask(subject, {
      deadlineMs: Math.max(0, left),
      signal: flight.abort.signal,
      call: call.id,
      approvals: verdict.approvals > 1 ? 2 : 1,
      effect: async ({ grant, person, via }) => {
        if (grant && person && via)
          deps.grants.give(seen, grant, { reviewedAs: standing.class, ask: view.id, person, via });
      },
    });
    const given = outcome(await answer);
    return 'code' in given ? given : { ...given, changes };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  } finally {
    stop();
  }
}

function outcome({ approved, state, person, via, second, note }: Answer): Approval | Refusal {
  if (approved) return { person, via, ...(second ? { second } : {}) };
  if (state === 'second') return refusal('SECOND_PENDING');
  if (state === 'timed-out') return refusal('ASK_TIMED_OUT');
  if (state === 'withdrawn') return refusal('ASK_WITHDRAWN', note ?? undefined);
  return refusal('ASK_DENIED', note ? `the person says: ${note}` : undefined);
}
