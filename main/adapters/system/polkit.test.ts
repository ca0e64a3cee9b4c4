import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPolkit } from './polkit.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polkit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that writes down its arguments and what it has open, and ends as told. */
function program(name: string, code: number): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "$@" > ${file}.args\nls -l /proc/$$/fd > ${file}.open\nexit ${code}\n`);
  chmodSync(file, 0o755);
}

test('that cannot even be started says no', async () => {
  expect(await openPolkit('\0')).toBeNull();
});

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

test.skipIf(process.platform !== 'linux')('has nothing of what this process has from whoever started it', async () => {
  program('pkaction', 0);
  program('pkcheck', 0);
  const asking = `
    import { openPolkit } from '${join(import.meta.dirname, 'polkit.ts')}';
    const ask = await openPolkit('${folder}');
    process.exitCode = (await ask()) ? 0 : 1;
  `;
  const ours = openSync(join(folder, 'ours'), 'w');
  // As an app has them: beyond a gap, where Node marks nothing as its own.
  const stdio = ['ignore', 'inherit', 'inherit', ...Array(15).fill('ignore'), ours, 'pipe'] as const;
  const child = spawn(process.execPath, ['--input-type=module', '-e', asking], { stdio: [...stdio] });
  const [code] = await once(child, 'exit');
  closeSync(ours);
  expect(code).toBe(0);
  for (const asked of ['pkaction', 'pkcheck']) {
    const open = readFileSync(join(folder, `${asked}.open`), 'utf8');
    expect(open).toContain('/dev/null');
    expect(open).not.toMatch(/socket:|\/ours$/m);
  }
});
