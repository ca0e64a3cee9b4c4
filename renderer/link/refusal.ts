/** Turning whatever a call threw into the closed list of what may go wrong. */
import { ORPCError } from '@orpc/client';
import { ERRORS, type ErrorCode, type Refusal, refusal, refusalSchema } from '../../main/contract/errors.ts';
import { firstFault } from '../../main/contract/fault.ts';
import { LinkEnded } from './reconnecting.ts';

/** The refusal a failed call carries; a lost connection is DAEMON_ABSENT, anything unknown is INTERNAL. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ORPCError) {
    const carried = refusalSchema.safeParse(error.data);
    if (carried.success) return carried.data;
    if (error.code in ERRORS) return refusal(error.code as ErrorCode, error.message || undefined);
    if (error.code === 'BAD_REQUEST') return refusal('INPUT_INVALID', firstFault(error.data)?.text ?? error.message);
    if (error.code === 'NOT_FOUND') return refusal('NOT_FOUND');
    return refusal('INTERNAL', error.message);
  }
  const carried = refusalSchema.safeParse((error as { refusal?: unknown } | null)?.refusal);
  if (carried.success) return carried.data;
  if (error instanceof LinkEnded) return refusal('DAEMON_ABSENT', error.message);
  if (error instanceof Error && /abort|clos|not open/i.test(`${error.name} ${error.message}`))
    return refusal('DAEMON_ABSENT');
  return refusal('INTERNAL', error instanceof Error ? error.message : String(error));
}
