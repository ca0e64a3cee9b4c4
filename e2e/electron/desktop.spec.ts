/** How the app behaves as a program: one instance, one daemon of its own, and a prompt that waits to be reached for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { type App, electronExecutable, openApp } from '../fixtures/app.ts';
import { countersign } from '../fixtures/command.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';

let home: Home;
let app: App;

test.beforeEach(async () => {
  home = makeHome();
  app = await openApp(home);
  // Its sockets open once its keys are there, a little after its doors.
  await expect.poll(() => countersign(home, 'list').catch(() => null)).not.toBeNull();
});
test.afterEach(async () => {
  await app.close();
  home.remove();
});

const status = async (): Promise<{ pid: number; mode: string }> =>
  JSON.parse(await countersign(home, 'daemon', 'status', '--json'));

/** The approval window as the window manager has it. */
const prompt = () =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().startsWith('approval:'),
    );
    return { visible: window?.isVisible(), onTop: window?.isAlwaysOnTop(), focused: window?.isFocused() };
  });

/** Asks for consent from a terminal; resolves with the ask's end. */
async function askFromTerminal(): Promise<{ ended: Promise<string> }> {
  await countersign(home, 'add', 'files', '--', process.execPath, '--version');
  const ended = countersign(home, 'consent', 'files').catch((error: { stdout: string }) => error.stdout);
  await expect.poll(async () => (await prompt()).visible).toBe(true);
  return { ended };
}

test('the daemon is the app’s own, and nobody else could have answered', async () => {
  const { pid, mode } = await status();
  expect(mode).toBe('app');
  expect(await app.electron.evaluate(() => process.pid)).not.toBe(pid);
});

test('a daemon that is killed is replaced, and both windows find the new one', async () => {
  const { pid } = await status();
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await status().catch(() => ({ pid }))).pid, { timeout: 15_000 }).not.toBe(pid);
  await expect(app.main.getByText('Protecting')).toBeVisible();
  const { ended } = await askFromTerminal();
  await expect(app.approval.getByRole('heading', { level: 1 })).toContainText('files');
  await app.approval.getByRole('button', { name: /^Deny/ }).first().click();
  await ended;
});

test('a second start brings the first one’s window back, and ends', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows())
      if (window.webContents.getURL().startsWith('app:')) window.hide();
  });
  const second = spawn(electronExecutable(), [PROJECT], { env: home.env, stdio: 'ignore' });
  expect((await once(second, 'exit'))[0]).toBe(0);
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.webContents.getURL().startsWith('app:') && window.isVisible(),
      ),
    );
  await expect.poll(shown).toBe(true);
});

test('a prompt comes on top of everything without taking the keyboard from another window', async () => {
  await app.electron.evaluate(async ({ BrowserWindow }) => {
    const other = new BrowserWindow({ width: 300, height: 200, title: 'Another program' });
    await other.loadURL('data:text/html,<textarea autofocus>');
    if (!other.isFocused()) {
      const focused = new Promise((resolve) => other.once('focus', resolve));
      other.focus();
      await focused;
    }
  });
  const { ended } = await askFromTerminal();
  await expect.poll(prompt).toEqual({ visible: true, onTop: true, focused: false });
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.destroy());
  await app.approval.getByRole('button', { name: /^Deny/ }).first().click();
  await ended;
});

test('closing the approval window denies what is in sight; the window is there for the next ask', async () => {
  const { ended } = await askFromTerminal();
  await expect(app.approval.getByRole('heading', { level: 1 })).toContainText('files');
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().startsWith('approval:'))
      ?.close();
  });
  expect(await ended).toMatch(/denied/i);
  await expect.poll(async () => (await prompt()).visible).toBe(false);
  const again = countersign(home, 'consent', 'files').catch(() => '');
  await expect.poll(async () => (await prompt()).visible).toBe(true);
  await app.approval.getByRole('button', { name: /^Deny/ }).first().click();
  await again;
});

test('a page that crashes while it asks denies, and comes back', async () => {
  const { ended } = await askFromTerminal();
  await expect(app.approval.getByRole('heading', { level: 1 })).toContainText('files');
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().startsWith('approval:'),
    );
    window?.webContents.forcefullyCrashRenderer();
  });
  expect(await ended).toMatch(/denied/i);
});
