import { type Refusal, refusal } from '../../contract/errors.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { raisedClass } from '../../core/gate/raise.ts';
import type { Span } from '../../core/mcp/members.ts';
import { toValue } from '../../core/mcp/strict.ts';
import { type Approval, approve, decidedBy } from './approval.ts';
import { refuseCall } from './callRefusal.ts';
import { callSubject } from './callSubject.ts';
import { type Exposed, exposed, listFor, stillExposed } from './exposure.ts';
import type { Flight } from './inFlight.ts';
import { recordIntent } from './intent.ts';
import type { Judged } from './judged.ts';
import { lookAt, pathsMoved } from './look.ts';
import { closeIntent } from './outcome.ts';
import { type Call, readCall } from './readCall.ts';
import type { CallRoad } from './road.ts';
import { filesChanged } from './shownChange.ts';
import { gone, switchedOff, WITHDRAWN } from './stopped.ts';

/**
 * The way of a tool call and of a request for content (DESIGN.md): read, expose, understand, decide, ask, record the
 * intent, forward. The outcome is recorded by the session when the answer comes. Every way out but the last line is a
 * refusal that says why.
 */
export async function governCall(road: CallRoad, flight: Flight, line: Uint8Array, params: Span | null): Promise<void> {
  const { deps } = road;
  const arrived = deps.clock.monotonic();

  const call = readCall(deps.newId(), line, params, flight);
  if ('code' in call) return refuseCall(road, flight, call, null);
  if (call.action === 'call') flight.tool = call.tool;

  const listing = listFor(road, call)?.ready();
  if (listing) await listing;
  const looked = lookAt(road, call.args);
  const facts = looked instanceof Promise ? await looked : looked;
  if ('code' in facts) return refuseCall(road, flight, facts, call);
  const target = exposed(road, call);
  if ('code' in target) return refuseCall(road, flight, target, call);
  const unfit = misfit(road, call, target);
  if (unfit) return refuseCall(road, flight, unfit, call);

  const raised = raisedClass(target.standing.class, facts.signs);
  flight.class = raised.class;
  const judged: Judged = { call, facts, raised, target };
  const verdict = decide(road, judged);
  if (verdict.decision === 'deny') return refuseCall(road, flight, denied(verdict), call, verdict);

  // Nobody is asked about what there is no room to record.
  const switched = call.action === 'call' ? call.tool : null;
  const off = switchedOff(road, switched) ?? deps.disk.refuses(flight.class);
  if (off) return refuseCall(road, flight, off, call, verdict);

  let approval: Approval | null = null;
  if (verdict.decision === 'ask') {
    const seen = await deps.grants.look(callSubject(road, judged, verdict), call.args);
    const answered = approve(road, flight, { judged, seen, verdict, arrived });
    const given = answered instanceof Promise ? await answered : answered;
    if ('code' in given) return refuseCall(road, flight, given, call, verdict);
    approval = given;
    // What was shown must still be what runs. A grant has just followed the links, and is spent in this same turn.
    const moved = given.grant ? null : await pathsMoved(road, call.args, facts);
    const rewritten = given.changes ? await filesChanged(deps, given.changes) : null;
    const changed = stillExposed(road, call, target) ?? moved ?? rewritten ?? switchedOff(road, switched);
    if (changed) return refuseCall(road, flight, changed, call, verdict);
    // Rules of the time may say something else by now.
    const now = decide(road, judged);
    if (now.decision === 'deny') return refuseCall(road, flight, denied(now), call, now);
    if (now.approvals > verdict.approvals)
      return refuseCall(road, flight, refusal('ASK_CHANGED', now.reason), call, now);
  }
  if (gone(road, flight)) return refuseCall(road, flight, WITHDRAWN, call, verdict);

  const failed = await recordIntent(road, flight, call, decidedBy(verdict, approval), target.digest, approval);
  if (failed) return refuseCall(road, flight, failed, call, verdict);
  if (gone(road, flight)) {
    closeIntent(road, flight, 'not-sent', WITHDRAWN);
    return;
  }
  road.forward(flight, line);
}

/** What is wrong with the arguments under the reviewed input schema. */
function misfit({ deps }: CallRoad, { args }: Call, { digest, standing }: Exposed): Refusal | null {
  if (standing.inputSchema == null) return null;
  const unfit = deps.checkArguments(digest, standing.inputSchema, args ? toValue(args) : {});
  return unfit === null ? null : refusal('ARGUMENTS_INVALID', unfit);
}

function decide(road: CallRoad, { call, raised, facts }: Judged): Verdict {
  const { deps, session, server } = road;
  const who = { person: deps.person, session, client: road.client().program, server };
  const { action, tool } = call;
  return deps.policy.decide({ ...who, action, tool, class: raised.class, facts });
}

function denied({ code, reason }: Verdict): Refusal {
  return refusal(code ?? 'POLICY_DENIED', reason);
}
