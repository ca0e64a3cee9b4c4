import { Refused } from '../../contract/errors.ts';
import type { Span } from '../../core/mcp/members.ts';
import type { RecordRef } from '../audit/ports.ts';
import type { CallRoad } from './road.ts';

/** Anything may be in a form, in what a person writes into it, and in the result of a task. */
export const CONTENT_CLASS = 'read-sensitive';

/** A request that carries content and is no call, either way. */
interface ContentRequest {
  readonly method: string;
  readonly call: string;
  readonly line: Uint8Array;
  readonly params: Span | null;
}

/**
 * Records that it is about to be passed on, like a call that policy allows (SECURITY.md rule 13). Throws `Refused` when it
 * cannot be recorded, or there is no room to record it to its end.
 */
export function appendContentIntent(
  road: CallRoad,
  event: 'forwarding' | 'asked-back',
  { method, call, line, params }: ContentRequest,
): RecordRef {
  const { audit, disk } = road.deps;
  const crowded = disk.refuses(CONTENT_CLASS);
  if (crowded) throw new Refused(crowded.code, crowded.detail);
  return audit.append(
    {
      ...contentRecord(road, method, call),
      type: 'intent',
      event,
      decision: 'allow',
      rule: { id: 'gate/content', file: null, line: null },
    },
    params ? { kind: 'arguments', bytes: line.subarray(params.start, params.end) } : undefined,
  );
}

/** What every record of it says of it. */
export function contentRecord(road: CallRoad, method: string, call: string) {
  const { session, server } = road;
  return { session, server, client: road.client(), method, call, class: CONTENT_CLASS } as const;
}
