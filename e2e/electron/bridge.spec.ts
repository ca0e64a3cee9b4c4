/** Who may ask the app for a link to the daemon, and where a link out of the app leads. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type App, openApp } from '../fixtures/app.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';

let home: Home;
let app: App;

test.beforeAll(async () => {
  home = makeHome();
  app = await openApp(home);
});
test.afterAll(async () => {
  await app?.close();
  home?.remove();
});

/** Whether a port arrives in a window made by a stranger with one of our preloads, at this address. */
async function portArrives(preload: string, address: string, partition: string): Promise<boolean> {
  return app.electron.evaluate(
    async ({ BrowserWindow }, [file, target, own]) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload: file as string, partition: own as string, sandbox: true, contextIsolation: true },
      });
      await window.loadURL(target as string);
      const arrived = await window.webContents.executeJavaScript(`new Promise((resolve) => {
        addEventListener('message', ({ data, ports }) => data === 'countersign:port' && resolve(ports.length === 1));
        countersign.connect();
        // Anything the app sends in answer would have come before this round trip through it.
        fetch(location.href).catch(() => {}).finally(() => setTimeout(() => resolve(false), 250));
      })`);
      window.destroy();
      return arrived as boolean;
    },
    [join(PROJECT, 'dist', 'preload', preload), address, partition] as const,
  );
}

test('the right window gets a port', async () => {
  for (const page of [app.main, app.approval]) {
    const ports = await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('message', ({ data, ports: came }) => data === 'countersign:port' && resolve(came.length));
          (globalThis as unknown as { countersign: { connect(): void } }).countersign.connect();
        }),
    );
    expect(ports).toBe(1);
  }
});

test('a window of another origin gets none, even with our preload', async () => {
  expect(await portArrives('approval.cjs', 'data:text/html,<p>x', 'stranger')).toBe(false);
  expect(await portArrives('app.cjs', 'data:text/html,<p>x', 'stranger')).toBe(false);
});

test('another window of the right origin gets none', async () => {
  expect(await portArrives('app.cjs', 'app://countersign/index.html', 'persist:app')).toBe(false);
  expect(await portArrives('approval.cjs', 'approval://prompt/approval.html', 'approval')).toBe(false);
});

test('a link out of the app is shown in full, and opens only after a yes; what is not https is dropped', async () => {
  // The daemon knows the mark: what is asked before it answers goes without.
  await expect(app.main.getByText('Protecting')).toBeVisible();
  await app.electron.evaluate(({ dialog, shell }) => {
    const seen = globalThis as unknown as { asked: string[]; opened: string[]; answer: number };
    Object.assign(seen, { asked: [], opened: [], answer: 0 });
    dialog.showMessageBox = async (options: unknown) => {
      seen.asked.push((options as Electron.MessageBoxOptions).detail ?? '');
      return { response: seen.answer, checkboxChecked: false };
    };
    shell.openExternal = async (address: string) => {
      seen.opened.push(address);
    };
  });
  const open = async (addresses: string[], answer: number) => {
    await app.electron.evaluate((_, value) => Object.assign(globalThis, { answer: value }), answer);
    await app.main.evaluate((list) => {
      for (const address of list) window.open(address);
    }, addresses);
  };
  const seen = () =>
    app.electron.evaluate(() => {
      const { asked, opened } = globalThis as unknown as { asked: string[]; opened: string[] };
      return { asked, opened };
    });

  await open(['file:///etc/passwd', 'http://example.com/', 'javascript:alert(1)', 'smb://host/share'], 1);
  await open(['https://user:secret@example.com/', 'https://localhost/'], 1);
  await open(['https://example.com/no'], 0);
  await expect.poll(async () => (await seen()).asked).toHaveLength(1);
  const [no = ''] = (await seen()).asked;
  // Under the address stands what no other program knows.
  expect(no).toMatch(/^https:\/\/example\.com\/no\n\nYour mark: [a-z]+ [a-z]+$/);
  await open(['https://example.com/yes'], 1);
  await expect.poll(seen).toEqual({
    asked: [no, no.replace('/no', '/yes')],
    opened: ['https://example.com/yes'],
  });
});
