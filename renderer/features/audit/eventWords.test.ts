import { expect, test } from 'vitest';
import type { RecordView } from '../../../main/contract/record.ts';
import { eventWords, toneOf } from './eventWords.ts';

const record = (type: RecordView['type'], event: string): RecordView => ({
  ...{ type, event, id: '0198c0de-0000-7000-8000-000000000001', at: '2026-11-01T12:00:00.000000Z', seq: 0 },
  payloadText: null,
});

test.each([
  ['daemon', 'unlocked', 'good'],
  ['passcode', 'locked', 'bad'],
  ['config', 'not-written', 'bad'],
  ['lifecycle', 'stop-wanted', 'quiet'],
  ['config', 'package-prepared', 'quiet'],
  ['policy', 'tightened', 'quiet'],
  ['config', 'found-changed', 'warn'],
  ['asked', 'consent', 'accent'],
] as const)('%s %s reads as it is meant', (type, event, tone) => {
  expect(toneOf(record(type, event))).toBe(tone);
});

test('a record says what happened within its kind', () => {
  expect(eventWords(record('lifecycle', 'stop-wanted'))).toBe('Process: stop wanted');
});
