import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownEnvironment } from '../fixtures/daemon.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';
import { Stage } from './stage.ts';

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => home.remove());

/** Starts the daemon where it is not going to run; gives what it said. */
async function refusedDaemon(): Promise<string> {
  const child = spawn(process.execPath, ['--disable-sigusr1', join(PROJECT, 'dist/daemon.mjs')], {
    env: ownEnvironment(home),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).not.toBe(0);
  return said;
}

const UNSAFE = 'not this account’s alone';

test.each(['config', 'state', 'run', 'logs'])('a link in place of the folder "%s" is not followed', async (name) => {
  mkdirSync(join(home.folder, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(home.folder, 'elsewhere'), join(home.folder, name));
  expect(await refusedDaemon()).toContain(UNSAFE);
});

test.each(['config', 'state', 'run', 'logs'])('a folder "%s" that everybody may write to is not used', async (name) => {
  mkdirSync(join(home.folder, name));
  chmodSync(join(home.folder, name), 0o777);
  expect(await refusedDaemon()).toContain(UNSAFE);
});

test('a relay does not go through a folder that everybody may write to', async () => {
  await using stage = await Stage.open();
  chmodSync(stage.path('run'), 0o777);
  expect(await stage.firstWord()).toBe('FOLDER_UNSAFE');
  chmodSync(stage.path('run'), 0o700);
  expect(await stage.firstWord()).toBe('recording');
});
