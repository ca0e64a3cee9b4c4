import { expect, test } from 'vitest';
import type { ExportLine } from '../../contract/export.ts';
import { ocsfEvent, ocsfLines } from './ocsf.ts';

const ID = '01939f3a-7c00-7000-8000-000000000001';
const line = (rest: Partial<ExportLine['record']>): ExportLine => ({
  seq: 7,
  record: { id: ID, at: '2026-11-21T03:00:00.123456Z', type: 'outcome', event: 'ok', ...rest },
  path: [],
  payload: { key: '', bytes: Buffer.from('{"a":"b"}').toString('base64') },
});
const call = {
  session: ID,
  call: ID,
  client: { name: 'claude-code', version: '2', pid: 42, program: '/usr/bin/claude' },
  server: 'files',
  method: 'tools/call',
  tool: 'write_file',
  class: 'write',
  person: 'mara',
  via: 'window',
  durationMs: 7.4,
} as const;

test('a call is API Activity, with who did it, where it came from, and what came of it', () => {
  expect(ocsfEvent(line(call), 'key')).toEqual({
    category_uid: 6,
    class_uid: 6003,
    activity_id: 3,
    activity_name: 'Update',
    type_uid: 600303,
    time: Date.UTC(2026, 10, 21, 3, 0, 0, 123),
    severity_id: 1,
    status_id: 1,
    message: 'outcome: ok',
    duration: 7,
    api: { operation: 'tools/call write_file', service: { name: 'files' }, request: { uid: ID } },
    actor: {
      app_name: 'claude-code',
      session: { uid: ID },
      user: { name: 'mara' },
      process: { pid: 42, name: '/usr/bin/claude' },
    },
    src_endpoint: { svc_name: 'claude-code' },
    metadata: {
      version: '1.3.0',
      product: { name: 'Countersign', vendor_name: 'Countersign' },
      uid: ID,
      event_code: 'outcome.ok',
      original_time: '2026-11-21T03:00:00.123456Z',
      sequence: 7,
      log_name: 'key',
      correlation_uid: ID,
    },
    unmapped: {
      class: 'write',
      person: 'mara',
      via: 'window',
      server: 'files',
      tool: 'write_file',
      payload: '{"a":"b"}',
    },
  });
});

test.each([
  ['a read', { ...call, class: 'read' }, { type_uid: 600302, activity_name: 'Read' }],
  ['what leaves the machine', { ...call, class: 'external' }, { type_uid: 600399, activity_name: 'outcome: ok' }],
  [
    'a refusal',
    { ...call, type: 'refused', event: 'from-client', code: 'POLICY_DENIED' },
    { severity_id: 2, status_id: 2, api: expect.objectContaining({ response: { error: 'POLICY_DENIED' } }) },
  ],
  ['an alarm', { type: 'alarm', event: 'row-void' }, { class_uid: 0, type_uid: 99, severity_id: 4 }],
  ['a decision', { type: 'consent', event: 'given' }, { class_uid: 0, activity_name: 'consent: given' }],
] as const)('%s is told apart', (_, rest, said) => {
  expect(ocsfEvent(line(rest), 'key')).toMatchObject(said);
});

test('an event a line', () => {
  const text = ocsfLines([line({}), line({ type: 'alarm', event: 'x' })], 'key');
  expect(text.trimEnd().split('\n')).toHaveLength(2);
});
