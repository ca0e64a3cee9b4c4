import { Refused, refusal } from '../../contract/errors.ts';
import { errorLine } from '../../core/mcp/messages.ts';
import { readStrict } from '../../core/mcp/strict.ts';
import type { Flight } from './inFlight.ts';
import type { CallRoad } from './road.ts';

/**
 * Requests that carry content but are no calls (results of tasks, skills…): read
 * strictly and recorded before and after, like a call that policy allows (SECURITY.md rule 13).
 */
export function forwardInspected(
  road: CallRoad,
  flight: Flight,
  line: Uint8Array,
  params: { start: number; end: number } | null,
): void {
  const { audit, newId, recordIfPossible, switches } = road.deps;
  const read = params && readStrict(line, params);
  const base = { session: road.session, server: road.server, client: road.client(), method: flight.method };
  if (read && !read.ok) {
    const why = refusal(read.code, read.detail);
    recordIfPossible({ ...base, type: 'refused', event: 'from-client', code: why.code, reason: read.detail });
    return road.answer(flight, errorLine(flight.idJson, why));
  }
  const off = switches.stops({
    session: road.session,
    program: road.client().program,
    server: road.server,
    tool: null,
  });
  if (off) {
    recordIfPossible({
      ...base,
      type: 'refused',
      event: 'from-client',
      code: off.code,
      reason: off.detail ?? off.message,
    });
    return road.answer(flight, errorLine(flight.idJson, off));
  }
  const call = newId();
  flight.class = 'read-sensitive';
  try {
    const ref = audit.append(
      {
        ...base,
        type: 'intent',
        event: 'forwarding',
        call,
        class: 'read-sensitive',
        decision: 'allow',
        rule: { id: 'gate/content', file: null, line: null },
      },
      params ? { kind: 'arguments', bytes: line.subarray(params.start, params.end) } : undefined,
    );
    flight.intent = { ref, call };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return road.answer(flight, errorLine(flight.idJson, error.refusal));
  }
  road.forward(flight, line);
}
