import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import { recordTexts } from './recordTexts.ts';

const ID = '019aa6c5-0000-7000-8000-000000000000';

test('a record says what it holds, and not the names that all records share', () => {
  const record: LedgerRecord = {
    type: 'intent',
    event: 'forwarding',
    id: ID,
    at: '2026-11-21T03:00:00.000000Z',
    server: 'files',
    client: { name: 'cursor', version: '2.1', pid: 7, program: null },
    rule: { id: 'default-read', file: 'default.cedar', line: 12 },
    payload: {
      kind: 'arguments',
      bytes: 57,
      kept: 'ab'.repeat(32),
      raw: 'cd'.repeat(32),
      masked: [{ pointer: '/key', rule: 'aws-token', start: 2, length: 9 }],
    },
  };
  const said = ['intent', 'forwarding', ID, 'files', 'cursor', '2.1', '7', 'default-read', 'default.cedar', '12'];
  expect(recordTexts(record)).toEqual([...said, 'arguments', '/key', 'aws-token', '2', '9']);
});

test('what was noted of it is said by its name too', () => {
  const record: LedgerRecord = {
    type: 'daemon',
    event: 'started',
    id: ID,
    at: '2026-11-21T03:00:00.000000Z',
    detail: { recovered: 3, headless: true },
    ids: { traceparent: '00-af' },
  };
  expect(recordTexts(record).slice(3)).toEqual(['recovered', '3', 'headless', 'traceparent', '00-af']);
});

test('a record that was made deep on the disk is read no deeper than ours are', () => {
  let deep: unknown = 'below';
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  const record = { type: 'daemon', event: 'started', id: ID, at: '', detail: deep } as unknown as LedgerRecord;
  expect(recordTexts(record)).not.toContain('below');
});

test('a record whose parts were altered on the disk to something else is read as far as it can be', () => {
  const record = { type: 'daemon', event: 'started', id: ID, at: '', payload: null } as unknown as LedgerRecord;
  expect(recordTexts(record)).toEqual(['daemon', 'started', ID]);
});
