/** What stops a request whatever policy said of it. */
import { type Refusal, refusal } from '../../contract/errors.ts';
import type { Flight } from './inFlight.ts';
import type { CallRoad } from './road.ts';

/** Why a request that nobody waits for any more is not sent. */
export const WITHDRAWN = refusal('ASK_WITHDRAWN', 'cancelled before it was sent');

/** The refusal when a kill switch covers the request; `tool` is null for what is no tool call. */
export function switchedOff(road: CallRoad, tool: string | null): Refusal | null {
  const { session, server, deps } = road;
  return deps.switches.stops({ session, program: road.client().program, server, tool });
}

/** Whether the client has cancelled the request, or the session is over. */
export function gone(road: CallRoad, flight: Flight): boolean {
  return flight.abort.signal.aborted || !road.alive();
}
