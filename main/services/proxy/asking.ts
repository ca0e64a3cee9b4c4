/** What a server asks its client that carries content (forms, folders), on record like a call (SECURITY.md rule 13). */
import { type Refusal, Refused } from '../../contract/errors.ts';
import type { Span } from '../../core/mcp/members.ts';
import type { Asked } from './askedBack.ts';
import { appendContentIntent, contentRecord } from './contentIntent.ts';
import type { Wire } from './wire.ts';

/** Records that it is about to be passed on: the id of its intent, or the refusal when it cannot be recorded to its end. */
export function recordAsking(wire: Wire, method: string, line: Uint8Array, params: Span | null): string | Refusal {
  const call = wire.deps.newId();
  try {
    appendContentIntent(wire, 'asked-back', { method, call, line, params });
    return call;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.refusal;
  }
}

/** Records what came of it; false when it cannot be, and then its answer must not be passed on. */
export function closeAsking(
  wire: Wire,
  { method, call, startedAt }: Asked,
  event: 'ok' | 'error' | 'unknown',
  why: Refusal | null,
  result?: Uint8Array,
): boolean {
  if (call === null) return true;
  const { audit, clock } = wire.deps;
  try {
    audit.append(
      {
        ...contentRecord(wire, method, call),
        type: 'outcome',
        event,
        durationMs: clock.monotonic() - startedAt,
        ...(why ? { code: why.code, reason: why.detail ?? why.message } : {}),
      },
      result && { kind: 'result', bytes: result },
    );
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}
