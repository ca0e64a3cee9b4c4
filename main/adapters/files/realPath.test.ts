import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { realPath } from './realPath.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-real-')));
  await mkdir(join(folder, 'inside'));
  await mkdir(join(folder, 'outside'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives a file, and a file that does not exist yet, its own place', async () => {
  await writeFile(join(folder, 'inside', 'a'), '');
  expect(await realPath(join(folder, 'inside', 'a'))).toBe(join(folder, 'inside', 'a'));
  expect(await realPath(join(folder, 'inside', 'new', 'deep', 'b'))).toBe(join(folder, 'inside', 'new', 'deep', 'b'));
});

it('follows a link, also as the parent of what does not exist yet', async () => {
  await symlink(join(folder, 'outside'), join(folder, 'inside', 'link'));
  expect(await realPath(join(folder, 'inside', 'link', 'new'))).toBe(join(folder, 'outside', 'new'));
});

it('gives nothing for what is not certain: relative, with "..", through a dangling link', async () => {
  await symlink(join(folder, 'nowhere'), join(folder, 'inside', 'dangling'));
  expect(await realPath('inside/a')).toBeNull();
  expect(await realPath(`${folder}/inside/../outside/a`)).toBeNull();
  expect(await realPath(join(folder, 'inside', 'dangling'))).toBeNull();
  expect(await realPath(join(folder, 'inside', 'dangling', 'a'))).toBeNull();
  expect(await realPath(`${folder}/a\0b`)).toBeNull();
});

it.runIf(process.platform === 'linux')('nor for what is another thing to the server than to us', async () => {
  await symlink('/proc/self/cwd', join(folder, 'inside', 'here'));
  await symlink('/proc/thread-self/root/../../dev/fd', join(folder, 'inside', 'open'));
  for (const path of ['here', 'here/no/such/file', 'open/0'])
    expect(await realPath(join(folder, 'inside', path)), path).toBeNull();
  for (const path of ['/proc/self/cwd/a', '/dev/stdin', '/proc/1/root/etc'])
    expect(await realPath(path), path).toBeNull();
  expect(await realPath('/proc/self/status')).toMatch(/^\/proc\/\d+\/status$/);
});
