import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programFiles } from './programFiles.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
  for (const [name, text] of Object.entries({ sound: '{ "main": "dist/run" }', broken: '{', other: '{ "main": 7 }' })) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'package.json'), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['sound', 'dist/run'],
  ['broken', null],
  ['other', null],
  ['none', null],
])('the main file of a folder: %s', async (name, main) => {
  expect(await programFiles(folder).main(name, folder)).toBe(main);
});

test.runIf(process.platform !== 'win32')('a pipe in its place is not waited for', async () => {
  mkdirSync(join(folder, 'pipe'));
  execFileSync('mkfifo', [join(folder, 'pipe', 'package.json')]);
  expect(await programFiles(folder).main('pipe', folder)).toBeNull();
});
