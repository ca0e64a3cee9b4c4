import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ownEnvironment } from '../fixtures/daemon.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';

const LAUNCHER = join(PROJECT, 'main/shells/cli/bin.cjs');

/** No keychain, no vault, and no terminal on which somebody could make one. */
test('with nowhere to keep keys, a client and a command line are told so, and the daemon still ends in order', async () => {
  const home = makeHome();
  onTestFinished(() => home.remove());
  const env = ownEnvironment(home);
  const daemon = spawn(process.execPath, [join(PROJECT, 'dist/daemon.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(() => void daemon.kill('SIGKILL'));
  for await (const line of createInterface({ input: daemon.stdout })) if (line.includes('Look and review only')) break;
  daemon.stdout.resume();

  const client = spawn(process.execPath, [LAUNCHER, 'connect', 'files'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  client.stdin.end('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n');
  const { id, error } = JSON.parse(await text(client.stdout));
  expect(id).toBe(1);
  expect(error.data).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });

  const list = spawn(process.execPath, [LAUNCHER, 'list', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  expect(JSON.parse(await text(list.stdout)).refused.code).toBe('KEYCHAIN_UNAVAILABLE');

  const ended = once(daemon, 'exit');
  daemon.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
