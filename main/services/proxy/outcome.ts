import { type Refusal, Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import { downstreamIds } from '../../core/mcp/origin.ts';
import type { Flight } from './inFlight.ts';
import type { CallRoad } from './road.ts';

/**
 * Records what came of an intent, once. Resolves when the record survives a power cut; null when it could not be
 * written, and then the result must not be released. Does nothing for a request that has no intent.
 */
export function closeIntent(
  road: CallRoad,
  flight: Flight,
  event: 'ok' | 'error' | 'unknown' | 'not-sent',
  why: Refusal | null,
  result?: Uint8Array,
): Promise<void> | null {
  const { intent } = flight;
  if (!intent) return Promise.resolve();
  // Not deleted: that would make the flight a slow object for the rest of its way.
  flight.intent = undefined;
  const { audit, clock } = road.deps;
  try {
    const ref = audit.append(
      {
        type: 'outcome',
        event,
        session: road.session,
        server: road.server,
        client: road.client(),
        method: flight.method,
        call: intent.call,
        durationMs: clock.monotonic() - flight.startedAt,
        ...(flight.tool === undefined ? {} : { tool: flight.tool }),
        ...(flight.class === undefined ? {} : { class: flight.class }),
        ...downstream(result),
        ...(why ? { code: why.code, reason: why.detail ?? why.message } : {}),
      },
      result && { kind: 'result', bytes: result },
    );
    return flight.class === 'read' ? Promise.resolve() : audit.synced(ref);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return null;
  }
}

function downstream(result: Uint8Array | undefined): Pick<RecordDraft, 'ids'> {
  const ids = result ? downstreamIds(result) : {};
  return Object.keys(ids).length > 0 ? { ids } : {};
}
