import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileHasher } from './hash.ts';
import { programFiles } from './programFiles.ts';
import { resolveProgram } from './resolve.ts';

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-files-')));
  mkdirSync(join(base, 'bin'));
  writeFileSync(join(base, 'bin', 'tool'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(base, 'bin', 'notes.txt'), 'text', { mode: 0o644 });
  symlinkSync(join(base, 'bin', 'tool'), join(base, 'link'));
});
afterEach(() => rmSync(base, { recursive: true }));

const unresolved = (detail: RegExp) => ({
  refusal: { code: 'LAUNCH_UNRESOLVED', detail: expect.stringMatching(detail) },
});

test('a name is looked up on the PATH, with both where it was found and where that leads', async () => {
  symlinkSync(join(base, 'bin', 'tool'), join(base, 'bin', 'alias'));
  expect(await resolveProgram('alias', { cwd: '/', path: `/nowhere:${base}/bin` })).toEqual({
    found: `${base}/bin/alias`,
    path: `${base}/bin/tool`,
  });
});

test('a path is taken from the working directory', async () => {
  const places = { cwd: join(base, 'bin'), path: '' };
  expect(await resolveProgram('./tool', places)).toMatchObject({ path: `${base}/bin/tool` });
  expect(await resolveProgram('../link', places)).toEqual({ found: `${base}/link`, path: `${base}/bin/tool` });
});

test('a name is never looked up in the working directory', async () => {
  await expect(resolveProgram('tool', { cwd: join(base, 'bin'), path: '.:bin' })).rejects.toMatchObject(
    unresolved(/"tool" is not in an empty PATH/),
  );
});

test('what is missing, a folder, or may not be executed is said with its place', async () => {
  const places = { cwd: base, path: `${base}/bin:/bin` };
  await expect(resolveProgram('no-such-tool', places)).rejects.toMatchObject(unresolved(/not in .*\/bin, \/bin/));
  await expect(resolveProgram('./nothing', places)).rejects.toMatchObject(unresolved(/nothing is not there/));
  await expect(resolveProgram('./bin', places)).rejects.toMatchObject(unresolved(/is not a file/));
  if (process.getuid?.() !== 0) {
    await expect(resolveProgram('notes.txt', places)).rejects.toMatchObject(unresolved(/may not be executed/));
  }
});

test('a digest follows the content, also when size and modification time stay', async () => {
  const hash = fileHasher();
  const file = join(base, 'bin', 'notes.txt');
  const before = await hash(file);
  expect(before).toEqual({
    sha256: 'sha256:982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',
    size: 4,
  });
  expect(await hash(file)).toBe(before);
  const { statSync, utimesSync } = await import('node:fs');
  const { atime, mtime } = statSync(file);
  writeFileSync(file, 'tent');
  utimesSync(file, atime, mtime);
  expect((await hash(file)).sha256).not.toBe(before.sha256);
});

test('files among arguments are seen with their first bytes; folders and nothing are not', async () => {
  const files = programFiles(join(base, 'work'));
  const tool = await files.file('bin/tool', base);
  expect(tool).toMatchObject({ path: `${base}/bin/tool`, executable: true });
  expect(new TextDecoder().decode(tool?.head)).toBe('#!/bin/sh\n');
  expect(await files.file('bin', base)).toBeNull();
  expect(await files.file('nothing', base)).toBeNull();
  expect(await files.folder(join(base, 'bin'))).toBe(`${base}/bin`);
  expect(await files.folder(join(base, 'link'))).toBeNull();
});

test('a file that cannot be read cannot be agreed to', async () => {
  await expect(programFiles(base).hash(join(base, 'gone'))).rejects.toMatchObject(unresolved(/gone cannot be read/));
});

test('a server has an empty folder of its own, also when its name is made of dots', async () => {
  const files = programFiles(join(base, 'work'));
  expect(await files.ownFolder('..')).toBe(`${base}/work/...d`);
  chmodSync(join(base, 'work', '...d'), 0o777);
  await expect(files.ownFolder('..')).rejects.toMatchObject({ refusal: { code: 'FOLDER_UNSAFE' } });
});
