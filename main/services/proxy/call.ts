import { type Refusal, refusal } from '../../contract/errors.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { CallFacts } from '../../core/gate/facts.ts';
import { toValue } from '../../core/mcp/strict.ts';
import { type Approval, approve, decidedBy } from './approval.ts';
import { refuseCall } from './callRefusal.ts';
import { callSubject } from './callSubject.ts';
import { type Exposed, exposed, stillExposed } from './exposure.ts';
import type { Flight } from './inFlight.ts';
import { recordIntent } from './intent.ts';
import { lookAt, pathsMoved } from './look.ts';
import { closeIntent } from './outcome.ts';
import { type Call, readCall, type Span } from './readCall.ts';
import type { CallRoad } from './road.ts';
import { filesChanged } from './shownChange.ts';

const WITHDRAWN = refusal('ASK_WITHDRAWN', 'cancelled before it was sent');

/**
 * The way of a tool call (DESIGN.md): read, expose, understand, decide, ask, record the intent, forward. The outcome is
 * recorded by the session when the answer comes. Every way out but the last line is a refusal that says why.
 */
export async function governCall(road: CallRoad, flight: Flight, line: Uint8Array, params: Span | null): Promise<void> {
  const { deps } = road;
  const arrived = deps.clock.monotonic();

  const call = readCall(deps.newId(), line, params, flight.modern);
  if ('code' in call) return refuseCall(road, flight, call, null);
  flight.tool = call.tool;

  const listing = road.lists.tool.ready();
  if (listing) await listing;
  const looked = lookAt(road, call.args);
  const facts = looked instanceof Promise ? await looked : looked;
  if ('code' in facts) return refuseCall(road, flight, facts, call);
  const tool = exposed(road, call.tool);
  if ('code' in tool) return refuseCall(road, flight, tool, call);
  flight.class = tool.standing.class;

  const unfit = misfit(road, call, tool);
  if (unfit) return refuseCall(road, flight, unfit, call);

  const verdict = decide(road, call, tool.standing.class, facts);
  if (verdict.decision === 'deny')
    return refuseCall(road, flight, refusal(verdict.code ?? 'POLICY_DENIED', verdict.reason), call, verdict);

  const off = switchedOff(road, call);
  if (off) return refuseCall(road, flight, off, call, verdict);

  let approval: Approval | null = null;
  if (verdict.decision === 'ask') {
    const { standing } = tool;
    const seen = await deps.grants.look(callSubject(road, call, tool, facts, verdict), call.args);
    const answered = approve(road, flight, { call, facts, seen, standing, verdict, arrived });
    const given = answered instanceof Promise ? await answered : answered;
    if ('code' in given) return refuseCall(road, flight, given, call, verdict);
    approval = given;
    // What was shown must still be what runs. A grant has just followed the links, and is spent in this same turn.
    const moved = given.grant ? null : await pathsMoved(road, call.args, facts);
    const rewritten = given.changes ? await filesChanged(deps, given.changes) : null;
    const changed = stillExposed(road, call.tool, tool) ?? moved ?? rewritten ?? switchedOff(road, call);
    if (changed) return refuseCall(road, flight, changed, call, verdict);
  }
  if (gone(road, flight)) return refuseCall(road, flight, WITHDRAWN, call, verdict);

  const failed = await recordIntent(road, flight, call, decidedBy(verdict, approval), tool.digest, approval);
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

function decide(road: CallRoad, { tool }: Call, toolClass: ToolClass, facts: CallFacts): Verdict {
  const { deps, session, server } = road;
  const who = { person: deps.person, session, client: road.client().program, server };
  return deps.policy.decide({ ...who, tool, class: toolClass, facts });
}

function switchedOff(road: CallRoad, { tool }: Call): Refusal | null {
  const { session, server } = road;
  return road.deps.switches.stops({ session, program: road.client().program, server, tool });
}

function gone(road: CallRoad, flight: Flight): boolean {
  return flight.abort.signal.aborted || !road.alive();
}
