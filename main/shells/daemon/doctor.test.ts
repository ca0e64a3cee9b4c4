import { expect, test } from 'vitest';
import { refusal } from '../../contract/refusal.ts';
import type { DaemonStatus } from '../../contract/status.ts';
import { files } from './doctor.ts';

const found = (...problems: DaemonStatus['problems']) => files({ status: { problems } as DaemonStatus });

test('faults of one kind are one check with a line for each, and each kind says what to do about it', () => {
  const torn = refusal('CLIENT_FILE_UNREADABLE', '/a, line 2');
  const checks = found(refusal('CLIENT_ENTRY_NEW', 'one'), torn, refusal('CLIENT_ENTRY_NEW', 'two'));
  expect(checks.map(({ state, fix }) => [state, fix])).toEqual([
    ['failed', refusal('CLIENT_ENTRY_NEW').fix],
    ['failed', torn.fix],
  ]);
  expect(checks[0]?.found).toBe(`${refusal('CLIENT_ENTRY_NEW').message}\none\ntwo`);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(2);
});

test('without a fault every file can be used', () => {
  expect(found()).toMatchObject([{ state: 'ok' }]);
});
