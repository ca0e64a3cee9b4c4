/** Whether a server may be started now: its crashes, the wait they cause, and the limit (PRODUCT.md S2). */
import { BACKOFF, type BackoffLimits, backoff } from './backoff.ts';

export interface StartLimits {
  readonly backoff: BackoffLimits;
  /** Starts that ended in a crash, within `windowMs`, after which the server has failed when it exceeds this. */
  readonly starts: number;
  readonly windowMs: number;
  /** An instance that lived this long and then fell starts the row of crashes anew. */
  readonly steadyMs: number;
}

export const START_LIMITS: StartLimits = { backoff: BACKOFF, starts: 5, windowMs: 60_000, steadyMs: 60_000 };

/** Times are milliseconds of a clock that does not jump. */
export interface Starts {
  /** When the recent starts were made that ended in a crash, oldest first. */
  readonly crashed: readonly number[];
  /** Crashes without a steady run in between. */
  readonly inARow: number;
  /** No start before this time. */
  readonly notBefore: number;
  /** Only a person's restart leaves this state. */
  readonly failed: boolean;
}

export const NO_STARTS: Starts = { crashed: [], inARow: 0, notBefore: 0, failed: false };

export type StartEvent =
  /** An instance ended on its own, or could not be started at all. */
  | { readonly kind: 'crashed'; readonly startedAt: number; readonly at: number; readonly random: number }
  /** A person asked for a restart. */
  | { readonly kind: 'reset' };

/** The next state of a server's starts; an instance that was stopped on purpose is no event. */
export function afterStart(starts: Starts, event: StartEvent, limits: StartLimits = START_LIMITS): Starts {
  if (event.kind === 'reset') return NO_STARTS;
  const steady = event.at - event.startedAt >= limits.steadyMs;
  const inARow = steady ? 1 : starts.inARow + 1;
  const crashed = [...starts.crashed, event.startedAt].filter((at) => event.at - at < limits.windowMs);
  return {
    crashed,
    inARow,
    notBefore: event.at + backoff(inARow, event.random, limits.backoff),
    failed: starts.failed || crashed.length > limits.starts,
  };
}

/** Milliseconds until a start is allowed, 0 for at once, or null when the server has failed. */
export function waitBeforeStart(starts: Starts, now: number): number | null {
  return starts.failed ? null : Math.max(0, starts.notBefore - now);
}
