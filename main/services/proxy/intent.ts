import { type Refusal, Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { Approval } from './approval.ts';
import type { Flight } from './inFlight.ts';
import type { Call } from './readCall.ts';
import type { CallRoad } from './road.ts';

/**
 * The intent is on disk before anything leaves; for what writes or leaves the machine it survives a power cut first.
 * The refusal when it could not be written, or the grant it goes out with has ended.
 */
export async function recordIntent(
  road: CallRoad,
  flight: Flight,
  call: Call,
  verdict: Verdict,
  definition: string,
  approval: Approval | null,
): Promise<Refusal | null> {
  const { audit, disk, grants } = road.deps;
  const crowded = disk.refuses(flight.class);
  if (crowded) return crowded;
  try {
    // Counted first and in the same turn: a crash in between loses a use, and never counts one too few.
    if (approval?.grant) grants.use(approval.grant.id, call.id);
    const ref = audit.append(
      {
        ...callRecord(road, flight, call),
        type: 'intent',
        event: 'forwarding',
        decision: 'allow',
        rule: verdict.rule,
        reason: verdict.reason,
        digests: { definition, launch: road.launchDigest },
        ...revealed(road, call),
        ...(verdict.grant ? { detail: { decider: verdict.decider, grant: verdict.grant } } : {}),
        ...(approval?.person ? { person: approval.person } : {}),
        ...(approval?.via ? { via: approval.via } : {}),
        ...(approval?.second ? { detail: { second: approval.second.person, device: approval.second.device } } : {}),
      },
      argumentsOf(call),
    );
    flight.intent = { ref, call: call.id };
    if (flight.class !== 'read') await audit.synced(ref);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** What every record of a call says of it. */
export function callRecord(road: CallRoad, flight: Flight, call: Call): Omit<RecordDraft, 'type' | 'event'> {
  return {
    session: road.session,
    server: road.server,
    client: road.client(),
    method: flight.method,
    ...(call.action === 'call' ? { tool: call.tool } : {}),
    call: call.id,
    ...(flight.class ? { class: flight.class } : {}),
  };
}

/** The bytes that were judged, as the payload of a record. */
export function argumentsOf({ line, params }: Call): { kind: 'arguments'; bytes: Uint8Array } {
  return { kind: 'arguments', bytes: line.subarray(params.start, params.end) };
}

/** What the client reveals of where the call came from, by itself or through a hook. */
function revealed({ deps }: CallRoad, { origin }: Call): Pick<RecordDraft, 'model' | 'prompt' | 'ids'> {
  const { ids, model, toolUse } = origin;
  return {
    ...(Object.keys(ids).length > 0 && { ids }),
    ...(toolUse !== null && deps.told.about(toolUse)),
    ...(model !== null && { model: { value: model, source: 'client_meta' as const } }),
  };
}
