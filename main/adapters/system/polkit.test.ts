import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPolkit } from './polkit.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polkit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that writes its arguments down and ends as told. */
function program(name: string, code: number): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "$@" > ${join(folder, name)}.args\nexit ${code}\n`);
  chmodSync(file, 0o755);
}

test.skipIf(process.platform !== 'linux')('asks about this very process, and takes no for no', async () => {
  program('pkaction', 0);
  program('pkcheck', 0);
  const ask = await openPolkit(folder);
  expect(await ask?.()).toBe(true);
  expect(readFileSync(join(folder, 'pkcheck.args'), 'utf8')).toMatch(
    new RegExp(`--action-id dev.countersign.approve --process ${process.pid},\\d+,${process.getuid?.()} --allow-user`),
  );
  program('pkcheck', 3);
  expect(await ask?.()).toBe(false);
});

test('is not offered where polkit is missing, or does not know the action', async () => {
  expect(await openPolkit(folder)).toBeNull();
  program('pkaction', 1);
  expect(await openPolkit(folder)).toBeNull();
});
