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
