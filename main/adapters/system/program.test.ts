import { expect, test } from 'vitest';
import { accountName } from './account.ts';
import { newId } from './ids.ts';
import { programOf } from './program.ts';

test.runIf(process.platform === 'linux')('this program is known by its path, parent and start', async () => {
  const self = await programOf(process.pid);
  expect(self).toMatchObject({ pid: process.pid, parent: process.ppid, program: process.execPath });
  expect(await programOf(process.pid)).toEqual(self);
});

test('what does not run is nobody', async () => {
  expect(await programOf(2 ** 22 + 7)).toBeNull();
  expect(await programOf(-1)).toBeNull();
  expect(await programOf(process.pid, 'plan9')).toBeNull();
});

test('there is an account, and ids are UUIDv7 in order', () => {
  expect(accountName()).not.toBe('');
  const ids = [newId(), newId(), newId()];
  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});
