/** What a page of the app could try if its content were hostile: each test is the attempt. */

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { type App, openApp } from '../fixtures/app.ts';
import { type Home, makeHome } from '../fixtures/home.ts';

let home: Home;
let app: App;
let elsewhere: Server;
let reached: string[];

test.beforeAll(async () => {
  home = makeHome();
  app = await openApp(home);
  elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('reached');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
});
test.beforeEach(() => {
  reached = [];
});
test.afterAll(async () => {
  await app?.close();
  elsewhere?.close();
  home?.remove();
});

const url = (path: string) => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}${path}`;
const both = () => [app.main, app.approval];

test('a page has no Node, no Electron, and only the named functions of its bridge', async () => {
  const seen = (page: Page) =>
    page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (n) => n in globalThis,
      ),
      bridge: Object.keys((globalThis as unknown as { countersign: object }).countersign).sort(),
    }));
  expect(await seen(app.main)).toEqual({ globals: [], bridge: ['connect', 'showPrompt'] });
  expect(await seen(app.approval)).toEqual({ globals: [], bridge: ['connect'] });
});

test('both windows are isolated and sandboxed, and so are their processes', async () => {
  const windows = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Not in the typings, but what the window really runs with.
      const preferences = (
        webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = preferences;
      return { pid: webContents.getOSProcessId(), sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  expect(windows).toHaveLength(2);
  for (const { pid, ...preferences } of windows) {
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status, 'system calls are filtered').toMatch(/^Seccomp:\s+2$/m);
  }
  expect(new Set(windows.map(({ pid }) => pid)).size, 'one process each').toBe(2);
});

test('each page is of its own origin, in its own session, under a policy sent as a header', async () => {
  expect(await app.main.evaluate(() => location.origin)).toBe('app://countersign');
  expect(await app.approval.evaluate(() => location.origin)).toBe('approval://prompt');
  const policies = await app.electron.evaluate(async ({ session }) => {
    const policy = async (partition: string, address: string) =>
      (await session.fromPartition(partition).fetch(address)).headers.get('content-security-policy');
    return {
      main: await policy('persist:app', 'app://countersign/index.html'),
      approval: await policy('approval', 'approval://prompt/approval.html'),
      same: session.fromPartition('approval') === session.fromPartition('persist:app'),
    };
  });
  expect(policies.same).toBe(false);
  expect(policies.main).toContain("default-src 'none'");
  expect(policies.approval).toContain("default-src 'none'");
  expect(policies.approval).toContain("connect-src 'none'");
  for (const policy of [policies.main, policies.approval]) {
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  }
});

test('script that came in as text does not run', async () => {
  for (const page of both()) {
    const ran = await page.evaluate(async () => {
      const marks = globalThis as unknown as { ran?: string[] };
      marks.ran = [];
      const script = document.createElement('script');
      script.textContent = "globalThis.ran.push('inline')";
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', "globalThis.ran.push('handler')");
      image.src = 'data:image/png,broken';
      document.body.append(image);
      const failed = new Promise((resolve) => image.addEventListener('error', resolve));
      setTimeout("globalThis.ran.push('string')" as unknown as () => void);
      await failed;
      await new Promise((resolve) => setTimeout(resolve));
      return marks.ran;
    });
    expect(ran).toEqual([]);
  }
});

test('nothing leaves for the network and nothing is read from the disk', async () => {
  for (const page of both()) {
    const results = await page.evaluate(async (address) => {
      const attempt = (task: Promise<unknown>) =>
        task.then(
          () => 'reached',
          () => 'refused',
        );
      const element = (tag: 'img' | 'script' | 'link' | 'iframe', source: string) =>
        new Promise((resolve, reject) => {
          const node = document.createElement(tag);
          if (node instanceof HTMLLinkElement) Object.assign(node, { rel: 'stylesheet', href: source });
          else node.src = source;
          node.onload = () => (tag === 'iframe' ? reject() : resolve(null));
          node.onerror = reject;
          document.body.append(node);
          if (tag === 'iframe') addEventListener('securitypolicyviolation', reject, { once: true });
        });
      const socket = new Promise((resolve, reject) => {
        try {
          const opened = new WebSocket(address.replace('http', 'ws'));
          opened.onopen = resolve;
          opened.onerror = reject;
        } catch (error) {
          reject(error);
        }
      });
      return Promise.all([
        attempt(fetch(address)),
        attempt(fetch('file:///etc/hostname')),
        attempt(element('img', `${address}/image`)),
        attempt(element('script', `${address}/script`)),
        attempt(element('link', `${address}/style`)),
        attempt(element('iframe', `${address}/frame`)),
        attempt(element('iframe', 'file:///etc/hostname')),
        attempt(socket),
      ]);
    }, url('/page'));
    expect(results).toEqual(Array(8).fill('refused'));
  }
  expect(reached).toEqual([]);
});

test('the session itself refuses other origins, whatever the policy of a page says', async () => {
  const results = await app.electron.evaluate(async ({ BrowserWindow, session }, address) => {
    const outcome: string[] = [];
    for (const partition of ['persist:app', 'approval']) {
      const window = new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition(partition) } });
      for (const target of [address, 'file:///etc/hostname']) {
        outcome.push(
          await window.loadURL(target).then(
            () => 'loaded',
            () => 'refused',
          ),
        );
      }
      window.destroy();
    }
    return outcome;
  }, url('/direct'));
  expect(results).toEqual(['refused', 'refused', 'refused', 'refused']);
  expect(reached).toEqual([]);
});

test('a page stays where it is', async () => {
  for (const page of both()) {
    const before = page.url();
    for (const target of [url('/away'), 'file:///etc/hostname', 'data:text/html,x', 'app://countersign/gallery.html']) {
      await page.evaluate((address) => {
        location.href = address;
        const form = document.createElement('form');
        Object.assign(form, { action: address, method: 'POST' });
        document.body.append(form);
        form.submit();
        const link = document.createElement('a');
        Object.assign(link, { href: address });
        document.body.append(link);
        link.click();
      }, target);
      // A round trip through the page: had it left, its document would be another one.
      await page.evaluate(() => document.readyState);
      expect(page.url()).toBe(before);
    }
  }
  expect(reached).toEqual([]);
});

test('no new window, and no web view', async () => {
  const count = () => app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  const before = await count();
  for (const page of both()) {
    const opened = await page.evaluate((address) => {
      const view = document.createElement('webview');
      view.setAttribute('src', address);
      document.body.append(view);
      return [window.open(address), window.open('about:blank'), window.open('file:///etc/hostname')];
    }, url('/window'));
    expect(opened).toEqual([null, null, null]);
  }
  expect(await count()).toBe(before);
  expect(reached).toEqual([]);
});

test('every permission is refused, asked for or looked up', async () => {
  for (const page of both()) {
    const answers = await page.evaluate(async () => {
      const query = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      const refused = (task: () => Promise<unknown> | undefined) =>
        Promise.resolve()
          .then(task)
          .then(
            () => 'granted',
            () => 'denied',
          );
      return {
        geolocation: await query('geolocation'),
        notifications: await query('notifications'),
        camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
        microphone: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
        notify: await Notification.requestPermission(),
        clipboard: await refused(() => navigator.clipboard.readText()),
      };
    });
    expect(Object.values(answers)).toEqual(Array(7).fill('denied'));
  }
});

test('developer tools do not open', async () => {
  const opened = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      webContents.openDevTools();
      return webContents.isDevToolsOpened();
    }),
  );
  expect(opened).toEqual([false, false]);
});
