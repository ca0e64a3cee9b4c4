/** What reaches the real prompt without being meant for it: keys and clicks of somebody who does something else. */
import { execFileSync } from 'node:child_process';
import { expect, type Locator, test } from '@playwright/test';
import { type App, openApp } from '../fixtures/app.ts';
import { openControl } from '../fixtures/control.ts';
import type { Operations } from '../fixtures/door.ts';
import { type Home, makeHome } from '../fixtures/home.ts';

const EVENTS = 1000;
const BURST = 100;

let home: Home;
let app: App;
let control: Operations;
let close: () => void;

test.beforeEach(async () => {
  home = makeHome();
  app = await openApp(home);
  await app.main.getByRole('button', { name: 'Begin' }).waitFor();
  ({ control, close } = await openControl(home));
});
test.afterEach(async () => {
  close();
  await app.close();
  home.remove();
});

let asked = 0;
/** Something a person would have to agree to. */
async function ask(): Promise<string> {
  asked += 1;
  return (await control.secrets.set({ name: `S${asked}`, value: 'chosen by an agent' })).ask;
}

/** The approval window's content on the screen, as the window manager has it. */
const bounds = () =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().startsWith('approval:'))
      ?.getContentBounds(),
  );

/** Where the window and its button are, once they are: between two prompts there is none. */
async function inSight(button: Locator) {
  for (;;) {
    await button.waitFor();
    const [window, box] = [await bounds(), await button.boundingBox()];
    if (window && box) return { window, box };
  }
}

const focused = () =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (window) => window.webContents.getURL().startsWith('approval:') && window.isFocused(),
    ),
  );

/** Another window than the prompt has the keyboard. */
async function lookAway(): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().startsWith('app:'))
      ?.focus();
  });
  await expect.poll(focused).toBe(false);
}

test('a thousand clicks and keys of the display, many of them on yes, allow nothing', async () => {
  test.setTimeout(120_000);
  for (let n = 0; n < 8; n += 1) await ask();
  const yes = app.approval.getByRole('button', { name: /^Store secret/ });
  await yes.waitFor();
  let sent = 0;
  let onYes = 0;
  while (sent < EVENTS) {
    while ((await control.asks.list({ open: true })).length < 8) await ask();
    const { window, box } = await inSight(yes);
    const centre = { x: window.x + box.x + box.width / 2, y: window.y + box.y + box.height / 2 };
    // Where nothing is: whatever pause came before, from here on the prompt is dead again.
    const events: string[] = ['mousemove', `${window.x + 300}`, `${window.y + 20}`, 'click', '1'];
    for (let n = 0; n < BURST; n += 1) {
      const kind = Math.random();
      const at =
        kind < 0.4 ? centre : { x: window.x + Math.random() * window.width, y: window.y + 60 + Math.random() * 400 };
      if (kind < 0.4) onYes += 1;
      if (kind < 0.6) {
        events.push('mousemove', at.x.toFixed(0), at.y.toFixed(0), 'click', '--repeat', '2', '--delay', '5', '1');
      } else events.push('key', '--delay', '0', ['y', 'Return', 'space', 'ctrl+Return', 'Tab'][n % 5] ?? 'y');
    }
    execFileSync('xdotool', events);
    sent += BURST;
  }
  const answered = (await control.asks.list({ open: false })).map(({ state }) => state);
  expect(answered.filter((state) => state === 'approved')).toEqual([]);
  expect(await control.secrets.list()).toEqual([]);
  expect([sent, onYes > 200]).toEqual([EVENTS, true]);
  // It was the real one, and alive: left alone, the same click counts.
  await expect(yes).toHaveAttribute('aria-disabled', 'false');
  await yes.click();
  await expect.poll(async () => (await control.secrets.list()).length).toBe(1);
});

test('one shortcut reaches it from anywhere', async () => {
  await ask();
  await app.approval.getByRole('button', { name: /^Store secret/ }).waitFor();
  await lookAway();
  execFileSync('xdotool', ['key', 'ctrl+alt+shift+c']);
  await expect.poll(focused).toBe(true);
});
