import type { PromptMark } from '../../../main/contract/mark.ts';
import type { Approver, Device } from '../../../main/contract/second.ts';
import { DEVICE_KEY } from './asks.ts';
import { at, digestOf } from './ids.ts';

export const OWN_DEVICE: Device = { name: 'mara at desk', key: DEVICE_KEY, fingerprint: digestOf(90).slice(7) };

export const APPROVERS: Approver[] = [
  {
    name: 'Grace’s laptop',
    key: DEVICE_KEY,
    fingerprint: digestOf(71).slice(7),
    addedAt: at(-400_000),
    addedBy: 'mara',
  },
];

/** The mark of the installation that the gallery plays. */
export const MARK: PromptMark = { words: ['quiet', 'heron'], seed: [12, 200, 77, 3, 141, 96, 250, 31] };

const LINE = 'q0VxYW1wbGUgb2YgYSByZXF1ZXN0IHRoYXQgaXMgaGFuZGVkIG9uIHRvIGEgc2Vjb25kIHBlcnNv';

/** A request as it looks. */
export const BLOCK = [
  '-----BEGIN COUNTERSIGN REQUEST-----',
  ...Array.from({ length: 14 }, () => LINE),
  '-----END COUNTERSIGN REQUEST-----',
  '',
].join('\n');
