import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Page } from '../../adapters/http/passes.ts';
import { serveWebDoor } from '../../adapters/http/webDoor.ts';
import type { DaemonStatus } from '../../contract/status.ts';
import { openWebShell, type WebShell } from './webShell.ts';

const contract = { whoAmI: oc.output(z.string()), count: oc.output(z.unknown()) };
const os = implement(contract).$context<{ page: Page }>();
const router = os.router({
  whoAmI: os.whoAmI.handler(({ context }) => context.page),
  count: os.count.handler(async function* () {
    yield 1;
    yield 2;
  }),
});

let folder: string;
let shell: WebShell;
let mode: DaemonStatus['mode'];
let now: number;
let base: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-shell-'));
  await writeFile(join(folder, 'index.html'), '<title>Countersign</title>');
  await writeFile(join(folder, 'approval.html'), '<title>Approval</title>');
  await writeFile(join(folder, 'app.js'), 'true');
  await writeFile(join(folder, 'gallery.html'), 'not for browsers');
  await symlink('/etc/hostname', join(folder, 'link.js'));
  mode = 'headless';
  now = 0;
  shell = await openWebShell({
    rendererFolder: folder,
    mode: () => mode,
    monotonic: () => now,
    door: (port, page) => serveWebDoor(port, router, { page }),
  });
  base = new URL(shell.link()).origin;
});

afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

/** A request as a program sends it: `fetch` would not let us choose Host and Origin. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const { hostname, port, host } = new URL(base);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: { host, ...headers } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const codeOf = (link: string) => new URL(link).hash.slice(1);
const openSession = (code: string, origin: string | undefined = base) =>
  send(
    'POST',
    '/session',
    { 'content-type': 'application/json', ...(origin === undefined ? {} : { origin }) },
    { code },
  );
const tokenFor = async (page: Page) => JSON.parse((await openSession(codeOf(shell.link(page)))).text).token as string;

/** Opens a WebSocket the way a browser would; resolves with the status it was refused with, or the open socket. */
function openSocket(options: {
  token?: string;
  origin?: string | undefined;
  host?: string;
  path?: string;
}): Promise<WebSocket | number> {
  const { token, origin = base, host = new URL(base).host, path = '/link' } = options;
  const headers: Record<string, string> = { host };
  if ('origin' in options ? options.origin !== undefined : true) headers.origin = origin;
  const url = base.replace('http', 'ws') + path;
  const socket =
    token === undefined ? new WebSocket(url, { headers }) : new WebSocket(url, [`countersign.${token}`], { headers });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => {});
  });
}

test('a link opens the page, its code becomes a token, the token opens the operations', async () => {
  expect((await send('GET', '/')).text).toContain('Countersign');
  const granted = await openSession(codeOf(shell.link()));
  expect(granted.status).toBe(200);
  const { token, door } = JSON.parse(granted.text);
  expect(door).toBe('app');

  const socket = await openSocket({ token });
  expect(socket).toBeInstanceOf(WebSocket);
  const client = createORPCClient<ContractRouterClient<typeof contract>>(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  expect(await client.whoAmI()).toBe('app');
  const seen: unknown[] = [];
  for await (const value of (await client.count()) as AsyncIterable<unknown>) seen.push(value);
  expect(seen).toEqual([1, 2]);
});

test('every answer carries the strict policy', async () => {
  for (const path of ['/', '/app.js', '/nothing', '/approval']) {
    const policy = String((await send('GET', path)).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  }
});

test('a link works once', async () => {
  const code = codeOf(shell.link());
  expect((await openSession(code)).status).toBe(200);
  const again = await openSession(code);
  expect(again.status).toBe(403);
  expect(JSON.parse(again.text).refused.code).toBe('LINK_SPENT');
});

test('a link works for a minute', async () => {
  const [early, late] = [codeOf(shell.link()), codeOf(shell.link())];
  now = 59_000;
  expect((await openSession(early)).status).toBe(200);
  now = 60_000;
  expect((await openSession(late)).status).toBe(403);
});

test('a name that was pointed at us from elsewhere is refused (DNS rebinding)', async () => {
  const { port } = new URL(base);
  expect((await send('GET', '/', { host: `localhost:${port}` })).status).toBe(200);
  expect((await send('GET', '/', { host: `rebound.example:${port}` })).status).toBe(403);
  expect((await openSession(codeOf(shell.link()), `http://rebound.example:${port}`)).status).toBe(403);
});

test('another origin cannot spend a link, with or without saying who it is', async () => {
  const code = codeOf(shell.link());
  expect((await openSession(code, 'http://evil.example')).status).toBe(403);
  expect((await send('POST', '/session', {}, { code })).status).toBe(403);
  expect((await openSession(code)).status).toBe(200);
});

test('a WebSocket needs a token, our origin and our host', async () => {
  const token = await tokenFor('app');
  expect(await openSocket({})).toBe(403);
  expect(await openSocket({ token: 'x'.repeat(43) })).toBe(403);
  expect(await openSocket({ token, origin: 'http://evil.example' })).toBe(403);
  expect(await openSocket({ token, origin: undefined })).toBe(403);
  expect(await openSocket({ token, host: 'rebound.example' })).toBe(403);
  expect(await openSocket({ token, path: '/' })).toBe(403);
  expect(await openSocket({ token })).toBeInstanceOf(WebSocket);
});

test('a message that is no request ends the connection', async () => {
  const socket = (await openSocket({ token: await tokenFor('app') })) as WebSocket;
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.send('{"i":1}');
  expect(await ended).toBe(1008);
});

test('only files of the renderer are served', async () => {
  expect((await send('GET', '/app.js')).status).toBe(200);
  for (const path of [
    '/../passes.ts',
    '/%2e%2e/%2e%2e/etc/hostname.js',
    '/..%2f..%2fetc%2fpasswd.js',
    '/link.js',
    '/gallery.html',
    '/index.html',
    '/%00.js',
    '/none.js',
  ]) {
    expect((await send('GET', path)).status, path).toBe(404);
  }
  expect((await send('PUT', '/app.js')).status).toBe(405);
});

test('in headless mode a page may open an approval page of its own', async () => {
  const headers = { origin: base, authorization: `Bearer ${await tokenFor('app')}` };
  const answer = await send('POST', '/approval', headers);
  const granted = JSON.parse((await openSession(JSON.parse(answer.text).code)).text);
  expect(granted.door).toBe('approval');
  expect((await send('GET', '/approval')).text).toContain('Approval');
  expect(await openSocket({ token: granted.token })).toBeInstanceOf(WebSocket);
  expect((await send('POST', '/approval', { origin: base })).status).toBe(403);
});

test('where a window approves, the browser has no approval page', async () => {
  const token = await tokenFor('approval');
  mode = 'app';
  expect((await send('GET', '/approval')).status).toBe(404);
  expect((await send('GET', '/approval.html')).status).toBe(404);
  expect((await send('POST', '/approval', { origin: base, authorization: `Bearer ${token}` })).status).toBe(403);
  expect(await openSocket({ token })).toBe(403);
});

test('it listens on loopback only, and closing ends connections', async () => {
  expect(new URL(base).hostname).toBe('127.0.0.1');
  const socket = (await openSocket({ token: await tokenFor('app') })) as WebSocket;
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await shell.close();
  await ended;
  await expect(send('GET', '/')).rejects.toThrow();
});
