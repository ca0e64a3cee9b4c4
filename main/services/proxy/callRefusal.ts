import type { Refusal } from '../../contract/errors.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { errorLine, toolRefusalLine } from '../../core/mcp/messages.ts';
import type { Flight } from './inFlight.ts';
import { argumentsOf, callRecord } from './intent.ts';
import { closeIntent } from './outcome.ts';
import type { Call } from './readCall.ts';
import type { CallRoad } from './road.ts';

/** A refusal is a tool result that says so (PROTOCOL.md rule 5), an error where no tool was called, and a record that says why; `call` is null for one that could not be read. */
export function refuseCall(road: CallRoad, flight: Flight, why: Refusal, call: Call | null, verdict?: Verdict): void {
  if (flight.stopped) return;
  const who = call
    ? callRecord(road, flight, call)
    : { session: road.session, server: road.server, client: road.client(), method: flight.method };
  road.deps.recordIfPossible(
    {
      ...who,
      type: 'refused',
      event: 'from-client',
      decision: verdict?.decision ?? 'deny',
      code: why.code,
      reason: why.detail ?? why.message,
      ...(verdict ? { rule: verdict.rule } : {}),
    },
    call ? argumentsOf(call) : undefined,
  );
  closeIntent(road, flight, 'not-sent', why);
  if (flight.method !== 'tools/call') return road.answer(flight, errorLine(flight.idJson, why));
  const era = flight.modern ? 'modern' : 'legacy';
  road.answer(flight, toolRefusalLine(flight.idJson, why, era, verdict && `Rule: ${verdict.rule.id}.`));
}
