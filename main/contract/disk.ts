/** How much room the ledger has, and what that means for calls. */
import { z } from 'zod';

export const diskState = z.object({
  /**
   * `low`: a person is warned. `critical`: only calls of the class read go through. `full`: none does.
   * `lost`: the file system does not answer, and none does either.
   */
  state: z.enum(['enough', 'low', 'critical', 'full', 'lost']),
  /** Bytes left for this account; null where the file system does not say. */
  free: z.int().nullable(),
});
export type DiskState = z.infer<typeof diskState>;

/** What each state means, for a person. */
export const DISK_WORDS: Readonly<Record<DiskState['state'], string>> = {
  enough: 'There is room for records.',
  low: 'Nothing is held back yet; below 100 MB only reading goes on.',
  critical: 'What writes or leaves the machine is refused, so that there is room to record what is under way.',
  full: 'Every governed call is refused: what cannot be recorded does not run.',
  lost: 'Every governed call is refused: what cannot be recorded does not run.',
};

/** Room in whole megabytes (of 2^20 bytes), as `430 MB left`. */
export function roomText(free: number | null): string {
  return free === null ? 'an unknown amount left' : `${Math.floor(free / 2 ** 20)} MB left`;
}
