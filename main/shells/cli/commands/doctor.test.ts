import { expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import { onStage } from '../stage.ts';

test('doctor works without a daemon and says so', async () => {
  const { code, out } = await onStage({ fault: new Refused('DAEMON_ABSENT') }, 'doctor', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([{ id: 'daemon', state: 'failed' }]);
});
