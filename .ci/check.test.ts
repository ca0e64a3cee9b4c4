import { expect, test } from 'vitest';
import { counted } from './check.ts';

const skipped = ['spying: a server sees nothing', 'collected samples JSONTestSuite'];

test('a skipped test is named wherever it is, and fails in CI unless it wants samples', () => {
  const notRun = 'spying: a server sees nothing; collected samples JSONTestSuite';
  expect(counted({ passed: 9, failed: 1, skipped }, true)).toEqual({ passed: 9, failed: 2, notRun });
  expect(counted({ passed: 9, failed: 1, skipped }, false)).toEqual({ passed: 9, failed: 1, notRun });
  expect(counted({ passed: 9, failed: 0, skipped: [] }, true)).toEqual({ passed: 9, failed: 0 });
});
