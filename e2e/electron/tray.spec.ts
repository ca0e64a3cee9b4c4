/** The tray and the notification: both lead to the prompt, neither answers it (SECURITY.md rule 23). */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { type App, openApp } from '../fixtures/app.ts';
import { countersign } from '../fixtures/command.ts';
import { openControl } from '../fixtures/control.ts';
import { type Home, makeHome } from '../fixtures/home.ts';

let home: Home;
let app: App;

test.beforeEach(async () => {
  home = makeHome();
  app = await openApp(home);
  await app.electron.evaluate(({ Menu }) => {
    // The tray’s menu is made anew whenever it changes; nothing else in the app has that entry.
    const make = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      const menu = make(template);
      if (menu.items.some(({ label }) => label === 'Open Countersign')) Object.assign(globalThis, { trayMenu: menu });
      return menu;
    };
  });
  await expect.poll(() => countersign(home, 'list').catch(() => null)).not.toBeNull();
});
test.afterEach(async () => {
  await app.close();
  home.remove();
});

/** The entries of the tray's menu that a person sees now. */
const menu = () =>
  app.electron.evaluate(() => {
    const { trayMenu } = globalThis as unknown as { trayMenu?: Electron.Menu };
    return (
      trayMenu?.items.filter(({ visible, type }) => visible && type !== 'separator').map(({ label }) => label) ?? []
    );
  });

const choose = (label: string) =>
  app.electron.evaluate((_, wanted) => {
    const { trayMenu } = globalThis as unknown as { trayMenu: Electron.Menu };
    trayMenu.items.find((item) => item.label.startsWith(wanted))?.click();
  }, label);

const prompt = () =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().startsWith('approval:'),
    );
    return { visible: window?.isVisible(), focused: window?.isFocused() };
  });

test('the tray counts what waits, reaches the prompt, stops everything and asks before it goes on', async () => {
  const { control, close } = await openControl(home);
  for (const name of ['one', 'two'])
    await control.servers.add({ name, entry: { command: process.execPath, args: [], env: {} } });
  const ask = async (server: string) => {
    const { digest } = await control.servers.review({ server });
    return control.servers.consent({ server, digest: digest ?? '' });
  };
  const first = await ask('one');
  await expect.poll(async () => (await menu()).some((label) => label.startsWith('Show the open ask'))).toBe(true);
  const second = await ask('two');
  await expect.poll(async () => (await menu()).some((label) => label.startsWith('Show the 2 open asks'))).toBe(true);
  await choose('Show the 2 open asks');
  await expect.poll(prompt).toEqual({ visible: true, focused: true });

  await choose('Stop everything');
  await expect.poll(menu).toContain('Switch on again…');
  expect(await control.switches.list()).toMatchObject([{ scope: { kind: 'all' } }]);
  expect((await menu())[0]).toBe('everything is stopped');

  await choose('Switch on again');
  await expect.poll(async () => (await menu()).some((label) => label.startsWith('Show the 3 open asks'))).toBe(true);
  expect(await control.switches.list(), 'asking is not yet switching on').toHaveLength(1);
  for (const { ask } of [first, second]) await control.asks.deny({ id: ask });
  await expect(app.approval.getByRole('heading', { level: 1 })).toHaveText('Switch everything on again');
  const yes = app.approval.getByRole('button', { name: /^Switch on/ });
  await expect(yes).toHaveAttribute('aria-disabled', 'false');
  await yes.click();
  await expect.poll(menu).toContain('Stop everything');
  expect(await control.switches.list()).toEqual([]);
  close();
});

test('a notification opens the prompt, answers nothing, and goes when its ask is over', async () => {
  // What other programs and the spec before had to say.
  execFileSync('dunstctl', ['close-all']);
  // The person looks at something else: what they start in our own window may take the keyboard.
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.hide();
  });
  const { control, close } = await openControl(home);
  await control.servers.add({ name: 'one', entry: { command: process.execPath, args: [], env: {} } });
  const { digest } = await control.servers.review({ server: 'one' });
  const { ask } = await control.servers.consent({ server: 'one', digest: digest ?? '' });
  await expect.poll(() => Number(execFileSync('dunstctl', ['count', 'displayed']))).toBeGreaterThan(0);
  expect((await prompt()).focused).toBe(false);
  execFileSync('dunstctl', ['action']);
  await expect.poll(prompt).toEqual({ visible: true, focused: true });
  expect((await control.asks.get({ id: ask })).state).toBe('open');

  await control.asks.deny({ id: ask });
  await expect.poll(() => Number(execFileSync('dunstctl', ['count', 'displayed']))).toBe(0);
  close();
});
