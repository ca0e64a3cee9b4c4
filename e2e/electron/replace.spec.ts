/** The app never shares or adopts a daemon it did not start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { openApp } from '../fixtures/app.ts';
import { countersign } from '../fixtures/command.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';

test('a headless daemon is asked to end before the app starts its own', async () => {
  const home = makeHome();
  const headless = spawn(process.execPath, [join(PROJECT, 'dist', 'daemon.mjs')], {
    env: home.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(headless, 'exit');
  for await (const line of createInterface({ input: headless.stdout })) if (line.includes('http://127.0.0.1')) break;
  const app = await openApp(home);
  try {
    await expect(app.main.getByText('Protecting')).toBeVisible();
    expect(await gone).toEqual([0, null]);
    await expect.poll(() => countersign(home, 'list').catch(() => null)).not.toBeNull();
    const status = JSON.parse(await countersign(home, 'daemon', 'status', '--json'));
    expect(status.mode).toBe('app');
    expect(status.pid).not.toBe(headless.pid);
  } finally {
    await app.close();
    home.remove();
  }
});
