import type { FleetDevice } from '../../main/contract/collector.ts';
import type { Tone } from '../ui/Badge.tsx';
import { BREAKS } from './breakWords.ts';

/** A device that said nothing for so long is away, milliseconds: it looks in every five minutes. */
const AWAY_MS = 11 * 60_000;

type Known = Pick<FleetDevice, 'revokedAt' | 'broken' | 'broke' | 'lastSeenAt' | 'size' | 'seen'>;

/** How a device stands, the worst that is known of it. `now` in milliseconds since 1970. */
export function healthOf(device: Known, now: number): { readonly tone: Tone; readonly label: string } {
  const { revokedAt, broken, broke, lastSeenAt, size, seen } = device;
  if (revokedAt !== null) return { tone: 'quiet', label: 'Revoked' };
  if (broken) return { tone: 'bad', label: 'Broken' };
  const bad = (['reported', 'payload'] as const).find((kind) => broke.includes(kind));
  if (bad !== undefined) return BREAKS[bad];
  if (lastSeenAt === null) return { tone: 'info', label: 'Enrolled' };
  if (now - Date.parse(lastSeenAt) > AWAY_MS) return { tone: 'warn', label: 'Away' };
  if (size < seen) return { tone: 'info', label: 'Catching up' };
  // A ledger that says itself that it began anew parts from the one before: that alone is no alteration.
  return broke.includes('new-epoch') ? BREAKS['new-epoch'] : { tone: 'good', label: 'Continuous' };
}
