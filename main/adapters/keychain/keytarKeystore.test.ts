import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { secretServiceState } from './secretService.ts';
import { missingForKeyring, testKeyring } from './testKeyring.ts';

/** Runs `body` with the keystore as `k` in a process of its own, and gives what it returned. */
async function inProcess(env: Record<string, string>, body: string): Promise<unknown> {
  const script = `
    import { keytarKeystore } from ${JSON.stringify(join(import.meta.dirname, 'keytarKeystore.ts'))};
    const k = await keytarKeystore('countersign-test');
    const seen = await (async () => { ${body} })();
    console.log(JSON.stringify(seen));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  return JSON.parse(stdout);
}

const missing = process.platform === 'linux' ? missingForKeyring() : ['Linux'];
const why = missing.length > 0 ? ` (NOT RUN: ${missing.join(', ')} missing; apt-get install dbus gnome-keyring)` : '';

describe.skipIf(missing.length > 0)(`a real Secret Service${why}`, () => {
  async function keyring(password?: string) {
    const ring = await testKeyring(password);
    onTestFinished(() => ring.close());
    return ring;
  }

  test('keeps values across processes, and nothing of the probe', async () => {
    const { env } = await keyring('correct horse');
    const stored = await inProcess(env, `await k.set('secret/T', 'välue\\n'); return k.state();`);
    expect(stored).toEqual({ kind: 'keychain', state: 'ready', detail: 'Secret Service (gnome-keyring-daemon)' });
    expect(await inProcess(env, `return [await k.get('secret/T'), await k.get('none'), await k.list()];`)).toEqual([
      'välue\n',
      null,
      ['secret/T'],
    ]);
    expect(
      await inProcess(env, `return [await k.delete('secret/T'), await k.delete('secret/T'), await k.list()];`),
    ).toEqual([true, false, []]);
  });

  test('a locked keyring is told from a missing one, and no prompt is raised for it', async () => {
    const ring = await keyring('correct horse');
    await ring.stopKeyring();
    await ring.startKeyring();
    expect(await inProcess(ring.env, 'return k;')).toEqual({
      absent: expect.stringMatching(/login.*is locked/),
      locked: true,
    });
  });

  test('a keyring without a password counts as none', async () => {
    const ring = await keyring();
    const folder = join(ring.home, 'data', 'keyrings');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(
      join(folder, 'plain.keyring'),
      '[keyring]\ndisplay-name=plain\nctime=0\nmtime=0\nlock-on-idle=false\nlock-after=false\n',
    );
    writeFileSync(join(folder, 'default'), 'plain');
    await ring.startKeyring();
    expect(await inProcess(ring.env, 'return k;')).toEqual({
      absent: expect.stringMatching(/plain text on disk/),
      locked: false,
    });
  });

  test('a service without a default keyring, and no service, are said in words', async () => {
    const ring = await keyring();
    await ring.startKeyring();
    expect(await inProcess(ring.env, 'return k;')).toMatchObject({
      absent: expect.stringMatching(/no default keyring/),
    });
  });

  test('a bus that dies later costs a refusal each time, not the process', async () => {
    const ring = await keyring('correct horse');
    const body = `
      await k.set('x', 'y');
      process.kill(${ring.busPid}, 'SIGKILL');
      const failure = () => k.get('x').catch((error) => error.refusal.code);
      const seen = [await failure(), await failure()];
      await new Promise((resolve) => setImmediate(resolve));
      return [...seen, await failure()];`;
    expect(await inProcess(ring.env, body)).toEqual(Array(3).fill('KEYCHAIN_UNAVAILABLE'));
  });
});

test('without a bus there is no keychain, and the way to one is told', async () => {
  expect(await secretServiceState({}, 1000)).toEqual({
    absent: expect.stringMatching(/no D-Bus session bus.*install gnome-keyring/),
    locked: false,
  });
  expect(await secretServiceState({ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=example.org' }, 1000)).toMatchObject({
    locked: false,
  });
  expect(await secretServiceState({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }, 1000)).toMatchObject({
    absent: expect.stringMatching(/ENOENT/),
  });
});

test.each([
  ['says nothing', ''],
  ['refuses the user', 'REJECTED EXTERNAL\r\n'],
  ['accepts and then says nothing', 'OK 1234\r\n'],
  ['accepts and then talks nonsense', `OK 1234\r\n${'\u0001'.repeat(64)}`],
])('a bus that %s costs the time-out and no more', async (_, says) => {
  const path = join(process.env.TMPDIR ?? '/tmp', `bus-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(says);
  });
  server.listen(path);
  onTestFinished(() => void server.close());
  const found = await secretServiceState({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }, 200);
  expect(found).toEqual({ absent: expect.stringMatching(/did not answer|cannot be used/), locked: false });
});
