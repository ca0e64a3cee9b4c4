import { type Refusal, refusal, refusalSchema } from '../../main/contract/errors.ts';

/** The refusal a failed call carries; without one the daemon could not be reached. */
export function refusalOf(error: unknown): Refusal {
  const carried = refusalSchema.safeParse((error as { data?: unknown } | null)?.data);
  if (carried.success) return carried.data;
  return refusal('DAEMON_ABSENT', error instanceof Error ? error.message : undefined);
}
