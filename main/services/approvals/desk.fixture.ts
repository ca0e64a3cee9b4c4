/** One person's desk over a ledger in memory and a clock that is moved by hand, for tests. */
import { createHash } from 'node:crypto';
import type { AskView, CallSubject } from '../../contract/ask.ts';
import { ManualClock } from '../manualClock.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { AskDesk } from './approvals.ts';
import type { Hash } from './askHash.ts';
import type { Channel } from './ports.ts';

export const hash: Hash = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
export const DIGEST = hash(new Uint8Array());

export const call: CallSubject = {
  kind: 'call',
  session: '0198c0de-0000-7000-8000-000000000001',
  client: { name: 'test', version: '1', pid: 1, program: null },
  server: 'files',
  tool: 'write_file',
  class: 'write',
  effect: 'Write 2 bytes to /tmp/a.',
  arguments: [{ pointer: '/path', json: '"/tmp/a"' }],
  bytesDigest: DIGEST,
  definitionDigest: DIGEST,
  launchDigest: DIGEST,
  reasons: [],
  undo: '',
  rule: { id: 'ask', file: null, line: null },
  serverSays: null,
};

/** The approval window, where this ask needs no proof. */
export const window: Channel = { via: 'window', prove: async () => null };

/** The answer of whoever allows exactly what was asked. */
export const yes = (view: AskView) => ({ id: view.id, hash: view.hash, approve: true });

export interface DeskSetting {
  readonly desk: AskDesk;
  readonly rows: KeptRows;
  readonly clock: ManualClock;
  /** The version of the policy in force. */
  policy: string;
  /** Why a yes needs a proof now. */
  because: string | null;
}

export function openDesk(person = 'ada', clock = new ManualClock()): DeskSetting {
  const rows = new KeptRows();
  let ids = 0;
  const setting: DeskSetting = {
    desk: new AskDesk({
      audit: rows,
      clock,
      newId: () => `0198c0de-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
      hash,
      policyVersion: () => setting.policy,
      person,
      proofNeeded: () => setting.because,
    }),
    rows,
    clock,
    policy: 'one',
    because: null,
  };
  return setting;
}
