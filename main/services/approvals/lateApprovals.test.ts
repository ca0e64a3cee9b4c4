import { expect, test } from 'vitest';
import type { CallSubject } from '../../contract/ask.ts';
import { ManualClock } from '../manualClock.ts';
import { call } from './desk.fixture.ts';
import { LateApprovals } from './lateApprovals.ts';

const file = (version: string) => ({ kind: 'text', text: version, bytes: 1, version }) as const;

/** The call as it is shown while the file that it overwrites holds this. */
const over = (content: string): CallSubject => ({
  ...call,
  changes: [{ act: 'write', path: '/a', before: file(content), after: file('c'), lines: null }],
});

test('a retry goes through once, while the file is what was shown', () => {
  const late = new LateApprovals(new ManualClock(), () => 'one');
  late.add(over('a'), { person: 'ada' });
  expect(late.take(over('b'), 1)).toBeNull();
  expect(late.take(over('a'), 1)).toMatchObject({ person: 'ada' });
  expect(late.take(over('a'), 1)).toBeNull();
});

test('a tool that has another class by now is asked about anew', () => {
  const late = new LateApprovals(new ManualClock(), () => 'one');
  late.add(call, { person: 'ada' });
  expect(late.take({ ...call, class: 'external' }, 1)).toBeNull();
  expect(late.take(call, 1)).toMatchObject({ person: 'ada' });
});

test('under another policy it is asked about anew', () => {
  let policy = 'one';
  const late = new LateApprovals(new ManualClock(), () => policy);
  late.add(call, { person: 'ada' });
  policy = 'two';
  expect(late.take(call, 1)).toBeNull();
});
