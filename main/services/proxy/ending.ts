import type { Refusal } from '../../contract/errors.ts';
import { cancelledLine, errorLine, toolRefusalLine } from '../../core/mcp/messages.ts';
import { methodRow } from '../../core/mcp/methods.ts';
import type { Switched } from '../switches/ports.ts';
import { closeAsking } from './asking.ts';
import type { Flight } from './inFlight.ts';
import { closeIntent } from './outcome.ts';
import type { Wire } from './wire.ts';

/**
 * Ends every request in flight: each open intent gets its outcome, each request an answer with the reason. Resolves when
 * what was answered before has got there.
 */
export async function endFlights(wire: Wire, why: Refusal): Promise<void> {
  const settling: Promise<void>[] = [];
  for (const flight of wire.asked.all()) {
    flight.abort.abort();
    if (flight.settling) {
      settling.push(flight.settling);
      continue;
    }
    closeIntent(wire, flight, flight.sent ? 'unknown' : 'not-sent', why);
    flight.deliver(errorLine(flight.idJson, why));
    wire.asked.remove(flight);
  }
  for (const asked of wire.askedBack.end()) closeAsking(wire, asked, 'unknown', why);
  await Promise.all(settling);
}

/** Cancels what a kill switch covers, both ways: answered at once, cancelled where it runs, its effect recorded as unknown. */
export function stopFlights(wire: Wire, covered: (what: Switched) => boolean, why: Refusal): void {
  const who = { session: wire.session, program: wire.client().program, server: wire.server };
  for (const flight of wire.asked.all()) {
    const row = methodRow('client', flight.method);
    const judged = row?.form === 'request' && (row.handling === 'governed' || row.content === true);
    if (judged && !flight.settling && covered({ ...who, tool: flight.tool ?? null })) stop(wire, flight, why);
  }
  if (!covered({ ...who, tool: null })) return;
  // What the server has asked the client meanwhile: its form, if it is one, is taken away, and no answer goes back.
  for (const asked of wire.askedBack.end()) {
    closeAsking(wire, asked, 'unknown', why);
    wire.toClient(cancelledLine(asked.idJson, why.message));
    wire.toServer(errorLine(asked.idJson, why));
  }
}

function stop(wire: Wire, flight: Flight, why: Refusal): void {
  const { sent, intent } = flight;
  flight.stopped = why;
  flight.abort.abort();
  closeIntent(wire, flight, sent ? 'unknown' : 'not-sent', why);
  if (!intent) wire.record(why.code, why.detail ?? why.message, flight.method);
  if (sent) wire.toServer(cancelledLine(flight.idJson, why.message));
  wire.asked.cancel(flight);
  flight.deliver(
    sent || flight.method !== 'tools/call'
      ? errorLine(flight.idJson, why)
      : toolRefusalLine(flight.idJson, why, flight.modern ? 'modern' : 'legacy'),
  );
}
