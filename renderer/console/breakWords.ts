import type { ContinuityBreak } from '../../main/contract/collector.ts';
import type { Tone } from '../ui/Badge.tsx';

/** What became of a ledger, the worst first. */
export const BREAKS: Record<ContinuityBreak['kind'], { tone: Tone; label: string }> = {
  reported: { tone: 'bad', label: 'Altered on the device' },
  altered: { tone: 'bad', label: 'Altered' },
  truncated: { tone: 'bad', label: 'Cut off' },
  payload: { tone: 'bad', label: 'Content exchanged' },
  'new-epoch': { tone: 'warn', label: 'Began anew' },
};
