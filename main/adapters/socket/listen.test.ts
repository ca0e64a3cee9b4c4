import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConnectFile, writeConnectFile } from './connectFile.ts';
import { listenOwnerOnly } from './listen.ts';
import { reportedPeer } from './peer.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'listen-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const refused = (code: string, detail?: RegExp) =>
  expect.objectContaining({
    refusal: expect.objectContaining({ code, ...(detail && { detail: expect.stringMatching(detail) }) }),
  });
const ignore = () => {};

/** A daemon in a process of its own: prints `listening` or the refusal's code, lives until killed. */
function daemon(path: string) {
  const script = `
    import { listenOwnerOnly } from ${JSON.stringify(join(import.meta.dirname, 'listen.ts'))};
    listenOwnerOnly(${JSON.stringify(path)}, () => {}).then(
      () => console.log('listening'),
      (error) => console.log(error.refusal?.code ?? String(error)),
    );`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, said: once(child.stdout, 'data').then(([chunk]) => String(chunk).trim()) };
}

async function killed(child: ReturnType<typeof daemon>['child']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('the folder is made for its owner alone, the socket goes with the daemon', async () => {
  const path = join(home, 'run', 's');
  const listening = await listenOwnerOnly(path, ignore);
  expect(statSync(join(home, 'run')).mode & 0o777).toBe(0o700);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await listening.close();
  expect(existsSync(path)).toBe(false);
  await (await listenOwnerOnly(path, ignore)).close();
});

test('a folder that others may reach, and a link to a folder, are refused', async () => {
  mkdirSync(join(home, 'open'));
  chmodSync(join(home, 'open'), 0o755);
  await expect(listenOwnerOnly(join(home, 'open', 's'), ignore)).rejects.toEqual(
    refused('FOLDER_UNSAFE', /other accounts/),
  );
  mkdirSync(join(home, 'real'), { mode: 0o700 });
  symlinkSync(join(home, 'real'), join(home, 'link'));
  await expect(listenOwnerOnly(join(home, 'link', 's'), ignore)).rejects.toEqual(
    refused('FOLDER_UNSAFE', /not a folder/),
  );
});

test('a second daemon is told so, and the first goes on', async () => {
  const path = join(home, 'run', 's');
  const first = await listenOwnerOnly(path, (socket) => socket.end('first'));
  await expect(listenOwnerOnly(path, ignore)).rejects.toEqual(refused('ALREADY_RUNNING'));
  const [answer] = await once(createConnection(path), 'data');
  expect(String(answer)).toBe('first');
  await first.close();
});

test('a program that answers at the path is never taken over, although it holds no lock', async () => {
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  const path = join(home, 'run', 's');
  const rogue = createServer(ignore).listen(path);
  await once(rogue, 'listening');
  await expect(listenOwnerOnly(path, ignore)).rejects.toEqual(refused('ALREADY_RUNNING', /answers/));
  rogue.close();
});

test('of many daemons that start at once over the socket of a killed one, exactly one wins', async () => {
  const path = join(home, 'run', 's');
  const old = daemon(path);
  expect(await old.said).toBe('listening');
  await killed(old.child);
  expect(existsSync(path)).toBe(true);

  const daemons = Array.from({ length: 5 }, () => daemon(path));
  const said = await Promise.all(daemons.map((one) => one.said));
  expect(said.sort()).toEqual([...Array<string>(4).fill('ALREADY_RUNNING'), 'listening']);
  await Promise.all(daemons.map((one) => killed(one.child)));
});

test('a path too long for a socket is refused, not cut', async () => {
  await expect(listenOwnerOnly(join(home, 'x'.repeat(120), 's'), ignore)).rejects.toEqual(
    refused('INTERNAL', /too long/),
  );
});

test('connect.json is read back only when nobody else could have written or read it', () => {
  const file = join(home, 'connect.json');
  expect(readConnectFile(file)).toBeUndefined();
  const content = { socket: '/run/s', device: 'AAAA', key: Buffer.alloc(32, 7).toString('base64') };
  writeConnectFile(file, content);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readConnectFile(file)).toEqual(content);

  symlinkSync(file, join(home, 'link.json'));
  expect(() => readConnectFile(join(home, 'link.json'))).toThrow(/cannot be read/);
  chmodSync(file, 0o644);
  expect(() => readConnectFile(file)).toThrow(/other accounts/);
  for (const text of [
    '',
    '{}',
    '[]',
    '{"socket":"","device":"AAAA","key":"AAAA"}',
    JSON.stringify({ ...content, key: 'AAAA' }),
  ]) {
    writeFileSync(file, text);
    chmodSync(file, 0o600);
    expect(() => readConnectFile(file), text).toThrow(/well formed/);
  }
});

test.runIf(process.platform === 'linux')('a process is told from a later one of the same id by its start', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const pid = child.pid as number;
  expect(reportedPeer(pid)).toEqual({ pid, startTime: expect.stringMatching(/^\d+$/) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(reportedPeer(pid)).toBe('gone');
});
