import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import type { RuleRef } from '../../contract/verdict.ts';
import { errorLine } from '../../core/mcp/messages.ts';
import type { Flight } from './inFlight.ts';
import { forwardInspected } from './inspected.ts';
import { readParams, text } from './params.ts';
import type { CallRoad } from './road.ts';

type Span = { start: number; end: number } | null;
type Forbidden = { readonly why: Refusal; readonly rule?: RuleRef };

/**
 * `resources/read`: what policy forbids is refused, protected places above all; everything else goes on as content that
 * is recorded before and after.
 */
export async function governResource(road: CallRoad, flight: Flight, line: Uint8Array, params: Span): Promise<void> {
  const judging = judge(road, line, params);
  const forbidden = judging instanceof Promise ? await judging : judging;
  if (forbidden !== null) return refuse(road, flight, forbidden);
  if (flight.abort.signal.aborted || !road.alive())
    return refuse(road, flight, { why: refusal('ASK_WITHDRAWN', 'cancelled before it was sent') });
  forwardInspected(road, flight, line, params);
}

/** Null for what is not forbidden, and for what cannot be read: that is refused as such. */
function judge(road: CallRoad, line: Uint8Array, span: Span): Forbidden | null | Promise<Forbidden | null> {
  const { findFacts, policy, person } = road.deps;
  const params = readParams(line, span);
  const uri = text(params, 'uri');
  if (params === undefined || uri === undefined) return null;
  const { session, server } = road;
  const found = findFacts(params, road.folder);
  const decide = (facts: Awaited<typeof found>): Forbidden | null => {
    const who = { person, session, client: road.client().program, server };
    const verdict = policy.decide({ ...who, action: 'read_resource', tool: uri, class: 'read-sensitive', facts });
    if (verdict.decision !== 'deny') return null;
    return { why: refusal(verdict.code ?? 'POLICY_DENIED', verdict.reason), rule: verdict.rule };
  };
  if (!(found instanceof Promise)) return decide(found);
  return found.then(decide, (error: unknown) => {
    if (error instanceof Refused) return { why: error.refusal };
    throw error;
  });
}

function refuse(road: CallRoad, flight: Flight, { why, rule }: Forbidden): void {
  const { session, server } = road;
  road.deps.recordIfPossible({
    type: 'refused',
    event: 'from-client',
    session,
    server,
    client: road.client(),
    method: flight.method,
    decision: 'deny',
    code: why.code,
    reason: why.detail ?? why.message,
    ...(rule ? { rule } : {}),
  });
  road.answer(flight, errorLine(flight.idJson, why));
}
