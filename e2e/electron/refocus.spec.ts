/** The prompt as nobody drives it: whoever drives pages for tests tells them that they always have the focus. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { electronExecutable } from '../fixtures/app.ts';
import { openControl } from '../fixtures/control.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';
import { visibleWindow } from '../fixtures/visibleWindow.ts';

const xdotool = (...args: string[]) => execFileSync('xdotool', args, { encoding: 'utf8' }).trim();

/** From the lower right corner of the window into its yes, whether or not the height of the title bar is counted twice. */
const [RIGHT, BOTTOM] = [107, 73];
/** A little more than a prompt is dead. */
const LATER_MS = 700;

test('coming back into focus makes it dead again: the click that brings it back is no yes', async () => {
  test.setTimeout(120_000);
  const home = makeHome();
  const app = spawn(electronExecutable(), [PROJECT], { env: home.env, stdio: 'ignore' });
  const ended = once(app, 'exit');
  try {
    const main = await visibleWindow('^Countersign$');
    const reachable = () =>
      openControl(home).then(
        ({ close: hangUp }) => {
          hangUp();
          return true;
        },
        () => false,
      );
    await expect.poll(reachable, { timeout: 20_000 }).toBe(true);
    const { control, close } = await openControl(home);
    await control.secrets.set({ name: 'TOKEN', value: 'chosen by an agent' });
    const prompt = await visibleWindow('^Countersign asks');
    const geometry = Object.fromEntries(
      xdotool('getwindowgeometry', '--shell', prompt)
        .split('\n')
        .map((line) => line.split('=')),
    ) as Record<'X' | 'Y' | 'WIDTH' | 'HEIGHT', string>;
    const at = [
      String(Number(geometry.X) + Number(geometry.WIDTH) - RIGHT),
      String(Number(geometry.Y) + Number(geometry.HEIGHT) - BOTTOM),
    ];
    for (let n = 0; n < 20; n += 1) {
      xdotool('windowactivate', '--sync', main);
      xdotool('mousemove', ...at, 'click', '--repeat', '2', '--delay', '20', '1');
    }
    expect(await control.secrets.list()).toEqual([]);
    expect(await control.asks.list({ open: true })).toHaveLength(1);
    // The place is right: left alone for long enough, the same click counts.
    const allowed = async () => {
      xdotool('mousemove', ...at, 'click', '1');
      return (await control.secrets.list()).length;
    };
    await expect.poll(allowed, { intervals: [LATER_MS] }).toBe(1);
    close();
  } finally {
    app.kill('SIGTERM');
    await ended;
    home.remove();
  }
});
