import { expect, test } from 'vitest';
import type { CallSubject } from '../../contract/ask.ts';
import { ManualClock } from '../manualClock.ts';
import { LateApprovals } from './lateApprovals.ts';

const file = (version: string) => ({ kind: 'text', text: version, bytes: 1, version }) as const;

/** A call as it is shown while the file that it overwrites holds this. */
const call = (content: string): CallSubject => ({
  kind: 'call',
  session: 's',
  client: { name: null, version: null, pid: null, program: null },
  server: 'files',
  tool: 'write_file',
  class: 'write',
  effect: '',
  arguments: [],
  changes: [{ act: 'write', path: '/a', before: file(content), after: file('c'), lines: null }],
  bytesDigest: 'b',
  definitionDigest: 'd',
  launchDigest: 'l',
  reasons: [],
  undo: '',
  rule: { id: 'ask', file: null, line: null },
  serverSays: null,
});

test('a retry goes through once, while the file is what was shown', () => {
  const late = new LateApprovals(new ManualClock());
  late.add(call('a'), { person: 'ada' });
  expect(late.take(call('b'), 1)).toBeNull();
  expect(late.take(call('a'), 1)).toMatchObject({ person: 'ada' });
  expect(late.take(call('a'), 1)).toBeNull();
});
