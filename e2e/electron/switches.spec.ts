/** The shipped entry does not start under a switch through which another program could drive it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { electronExecutable } from '../fixtures/app.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';

const SWITCHES = [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--REMOTE-DEBUGGING-PORT=9222',
  '--inspect',
  '--inspect=0',
  '--inspect-brk=0',
  '--no-sandbox',
  '--disable-gpu-sandbox',
  '--disable-web-security',
  '--js-flags=--expose-gc',
  '--load-extension=/tmp',
  '--host-rules=MAP * 127.0.0.1',
];

for (const given of SWITCHES) {
  test(`${given} is refused`, async () => {
    const home = makeHome();
    try {
      // `--inspect-brk` would hold the app before its first line, which is as good as a refusal; a fuse ends it in a package.
      const child = spawn(electronExecutable(), [PROJECT, given], {
        env: home.env,
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: 10_000,
      });
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      if (given.startsWith('--inspect-brk')) expect(code).not.toBe(0);
      else {
        expect(said).toContain('Countersign does not start with');
        expect(code).toBe(78);
      }
    } finally {
      home.remove();
    }
  });
}
