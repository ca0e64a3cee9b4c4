import { expect, test } from 'vitest';
import type { LaunchFile } from '../../contract/launch.ts';
import { serverEntry } from '../../contract/server.ts';
import { openSandbox } from './sandbox.ts';

const LINKS: Readonly<Record<string, string>> = { '/srv/link': '/home/me/.aws/credentials', '/srv/loop': '' };
const sandbox = (enforced = true) =>
  openSandbox({
    enforced,
    home: '/home/me',
    own: ['/home/me/.local/state/countersign'],
    work: '/home/me/.local/state/countersign/work',
    realPath: async (path) => LINKS[path] ?? path,
    isProgram: async (path) => path === '/opt/tool',
  });
const script: LaunchFile = { role: 'script', written: './run.js', path: '/srv/run.js', sha256: '', size: 1 };
const reach = (entry: object, on = sandbox()) =>
  on.reach(serverEntry.parse({ command: 'node', ...entry }), '/srv/work', [script]);

test('what is named is followed through its links; programs and scripts are nothing to work on', async () => {
  const named = await reach({
    args: ['/srv/run.js', '/opt/tool', '/data/a', '../beside', '/srv/link'],
    env: { STORE: '/data/store.db' },
  });
  expect(named).toMatchObject({
    writes: ['/data/a', '/data/store.db', '/srv/beside', '/srv/work'],
    reads: ['/home/me/.aws/credentials'],
  });
});

test('a person may add what is not named, from the home folder too', async () => {
  const sandboxed = { preset: 'no-network', write: ['~/notes', '/data/b'] };
  expect(await reach({ sandbox: sandboxed })).toMatchObject({
    ...{ preset: 'no-network', network: false, writes: ['/data/b', '/home/me/notes', '/srv/work'] },
  });
});

test('what cannot be followed is left out', async () => {
  const dangling = openSandbox({
    ...{ enforced: true, home: '/home/me', own: [], work: '/w', isProgram: async () => false },
    realPath: async (path) => (path === '/srv/loop' ? null : path),
  });
  expect((await reach({ args: ['/srv/loop'] }, dangling)).writes).toEqual(['/srv/work']);
});

test('whoever starts it gets the same, with our folders hidden and caches of its own; or nothing where nothing is held', async () => {
  const held = await sandbox().confinement('notes', await reach({}), [script]);
  expect(held).toMatchObject({ network: true, writes: ['/srv/work'], shows: ['/srv'] });
  expect(held?.hides).toEqual(expect.arrayContaining(['/home/me/.local/state/countersign', '/home/me/.ssh']));
  expect(held?.caches).toContainEqual({
    at: '/home/me/.npm',
    from: '/home/me/.local/state/countersign/work/notes.cache/.npm',
  });
  expect(await sandbox().confinement('notes', await reach({ sandbox: 'off' }), [script])).toBeNull();
  expect(await sandbox(false).confinement('notes', await reach({}, sandbox(false)), [script])).toBeNull();
});
