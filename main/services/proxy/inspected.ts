import { Refused, refusal } from '../../contract/errors.ts';
import type { Span } from '../../core/mcp/members.ts';
import { readStrict } from '../../core/mcp/strict.ts';
import { refuseCall } from './callRefusal.ts';
import { appendContentIntent, CONTENT_CLASS } from './contentIntent.ts';
import type { Flight } from './inFlight.ts';
import { closeIntent } from './outcome.ts';
import type { CallRoad } from './road.ts';
import { gone, switchedOff, WITHDRAWN } from './stopped.ts';

/**
 * Requests that carry content but are no calls (results of tasks, what the client answers them, skills): read strictly
 * and recorded before and after, like a call that policy allows (SECURITY.md rule 13).
 */
export async function forwardInspected(
  road: CallRoad,
  flight: Flight,
  line: Uint8Array,
  params: Span | null,
): Promise<void> {
  const { audit, newId } = road.deps;
  const read = params && readStrict(line, params);
  if (read && !read.ok) return refuseCall(road, flight, refusal(read.code, read.detail), null);
  flight.class = CONTENT_CLASS;
  const off = switchedOff(road, null);
  if (off) return refuseCall(road, flight, off, null);
  const call = newId();
  try {
    const ref = appendContentIntent(road, 'forwarding', { method: flight.method, call, line, params });
    flight.intent = { ref, call };
    await audit.synced(ref);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return refuseCall(road, flight, error.refusal, null);
  }
  if (gone(road, flight)) {
    closeIntent(road, flight, 'not-sent', WITHDRAWN);
    return;
  }
  road.forward(flight, line);
}
