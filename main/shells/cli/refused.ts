import { type Refusal, Refused, refusal, refusalSchema } from '../../contract/errors.ts';
import { firstFault } from '../../contract/fault.ts';

/** The refusal inside whatever was thrown: ours, one that crossed the socket in an oRPC error's `data`, or INTERNAL. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  const data = refusalSchema.safeParse((error as { data?: unknown } | null)?.data);
  if (data.success) return data.data;
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'BAD_REQUEST')
    return refusal('INPUT_INVALID', firstFault((error as { data?: unknown }).data)?.text ?? message);
  // What the system would not do, such as with a file that the person named.
  return refusal(syscall === undefined ? 'INTERNAL' : 'INPUT_INVALID', message);
}
