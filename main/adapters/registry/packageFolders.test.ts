import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageFolders } from './packageFolders.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const KEY = 'a'.repeat(32);

test('what lies in a folder is told with what may be executed, and a change by its file', async () => {
  const folders = await packageFolders(root);
  expect(await folders.contents(KEY)).toBeNull();
  mkdirSync(join(folders.folder(KEY), 'bin'), { recursive: true });
  writeFileSync(join(folders.folder(KEY), 'bin', 'x'), 'one', { mode: 0o755 });
  writeFileSync(join(folders.folder(KEY), 'data'), 'one');
  await folders.seal(KEY);
  const before = await folders.contents(KEY);
  expect([...(before?.files.keys() ?? [])]).toEqual(['bin/x', 'data']);
  if (process.platform !== 'win32') {
    expect(before?.files.get('bin/x')).toMatch(/^executable sha256:/);
    expect(statSync(join(folders.folder(KEY), 'data')).mode & 0o777).toBe(0o400);
  }
  chmodSync(join(folders.folder(KEY), 'data'), 0o600);
  writeFileSync(join(folders.folder(KEY), 'data'), 'two');
  const after = await folders.contents(KEY);
  expect(after?.digest).not.toBe(before?.digest);
  expect(after?.files.get('bin/x')).toBe(before?.files.get('bin/x'));
  await folders.remove(KEY);
  expect(existsSync(folders.folder(KEY))).toBe(false);
});

test('what a daemon that was killed left behind is gone with the next one', async () => {
  const folders = await packageFolders(root);
  mkdirSync(join(root, 'job-x', 'cache'), { recursive: true });
  mkdirSync(`${folders.folder(KEY)}.new`, { recursive: true });
  mkdirSync(folders.folder(KEY));
  const again = await packageFolders(root);
  expect(existsSync(join(root, 'job-x'))).toBe(false);
  expect(readdirSync(join(root, 'store'))).toEqual([KEY]);
  expect(await again.keys()).toEqual([KEY]);
});

test.skipIf(process.platform === 'win32')('a hundred answers are kept, however many come at once', async () => {
  const folders = await packageFolders(root);
  // What others have removed since the folder was listed looks like this.
  symlinkSync(join(root, 'gone'), join(root, 'answers', 'gone.json'));
  const names = Array.from({ length: 160 }, (_, index) => index.toString(16).padStart(64, '0'));
  await Promise.all(names.map((name) => folders.remember(name, { looked: '{}', mac: '' })));
  expect(readdirSync(join(root, 'answers'))).toHaveLength(100);
  const [kept = ''] = readdirSync(join(root, 'answers'));
  expect(await folders.recall(kept.replace('.json', ''))).toEqual({ looked: '{}', mac: '' });
  writeFileSync(join(root, 'answers', kept), '{');
  expect(await folders.recall(kept.replace('.json', ''))).toBeNull();
});
