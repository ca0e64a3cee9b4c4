import { spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectFileOf, introduceTo, nextLine } from '../fixtures/control.ts';
import { ownEnvironment } from '../fixtures/daemon.ts';
import { PROJECT } from '../fixtures/home.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A length-prefixed request as the command line sends it. */
function request(path: string): Buffer {
  const body = Buffer.from(JSON.stringify({ i: '1', p: { u: path, b: {} } }));
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

async function rawSocket(): Promise<Socket> {
  const socket = connect(connectFileOf(stage.home).socket);
  await once(socket, 'connect');
  return socket;
}

/** Starts another real daemon on this home; gives its exit code and what it said. */
async function secondDaemon(): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['--disable-sigusr1', join(PROJECT, 'dist/daemon.mjs')], {
    env: ownEnvironment(stage.home),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, said };
}

describe('a program on the socket', () => {
  test('without the connect key is refused after its proof, and hears nothing else', async () => {
    const { word, socket } = await introduceTo(stage.home, { key: randomBytes(32) });
    expect(word).toMatchObject({ refused: { code: 'HANDSHAKE_FAILED' } });
    socket.write(request('/servers/list'));
    expect((await text(socket)).length).toBe(0);
  });

  test('that calls before it has proved anything gets a refusal and the end of the line', async () => {
    const socket = await rawSocket();
    socket.write(request('/daemon/stop'));
    socket.write('\n');
    expect(JSON.parse(await nextLine(socket))).toMatchObject({ refused: { code: 'HANDSHAKE_FAILED' } });
    expect(await stage.daemon.app.daemon.status()).toMatchObject({ mode: 'app' });
    socket.destroy();
  });

  test('that calls between hello and proof is refused', async () => {
    const socket = await rawSocket();
    const hello = { countersign: 1, role: 'control', pid: process.pid, nonce: randomBytes(32).toString('base64') };
    socket.write(`${JSON.stringify(hello)}\n`);
    await nextLine(socket);
    socket.write(Buffer.concat([request('/daemon/stop'), Buffer.from('\n')]));
    expect(JSON.parse(await nextLine(socket))).toMatchObject({ refused: { code: 'HANDSHAKE_FAILED' } });
    socket.destroy();
  });

  test('cannot use the proof of another conversation', async () => {
    const known = connectFileOf(stage.home);
    let proof = '';
    // The same hello twice: only the daemon’s nonce differs.
    const nonce = randomBytes(32).toString('base64');
    for (const replay of [false, true]) {
      const socket = await rawSocket();
      socket.write(`${JSON.stringify({ countersign: 1, role: 'control', pid: process.pid, nonce })}\n`);
      const challenge = JSON.parse(await nextLine(socket)) as { nonce: string };
      const transcript = `peer\ncountersign/1\ncontrol\n\n${nonce}\n${challenge.nonce}`;
      proof ||= createHmac('sha256', Buffer.from(known.key, 'base64')).update(transcript).digest('base64');
      socket.write(`${JSON.stringify({ proof })}\n`);
      const word = JSON.parse(await nextLine(socket));
      if (replay) expect(word).toMatchObject({ refused: { code: 'HANDSHAKE_FAILED' } });
      else expect(word).toHaveProperty('welcome');
      socket.destroy();
    }
  });

  test('that came in as a relay cannot call operations: its bytes are lines of a client', async () => {
    const { word, socket } = await introduceTo(stage.home, { role: 'relay', server: 'recorder' });
    expect(word).toHaveProperty('welcome');
    socket.write(Buffer.concat([request('/servers/disable'), Buffer.from('\n')]));
    const { error } = JSON.parse(await nextLine(socket));
    expect(error.data.code).toBe('NOT_JSON');
    socket.destroy();
  });

  test('that claims another account’s process is refused', async () => {
    // Process 1 is root’s; root itself needs one of somebody else.
    const other = process.getuid?.() === 0 ? spawn('sleep', ['60'], { uid: 65534 }) : null;
    onTestFinished(() => void other?.kill('SIGKILL'));
    if (other !== null) await once(other, 'spawn');
    await expect(introduceTo(stage.home, { pid: other?.pid ?? 1 })).rejects.toThrow();
  });
});

test('a second daemon says that one runs, and ends', async () => {
  const { code, said } = await secondDaemon();
  expect(code).not.toBe(0);
  expect(said).toContain('Another Countersign daemon already serves this folder.');
  expect(await stage.call('look', 'still here')).toBe('still here');
});

describe('connect.json', () => {
  const file = () => stage.path('state', 'connect.json');

  async function withConnectFile(change: object, attack: () => Promise<void>) {
    const honest = connectFileOf(stage.home);
    writeFileSync(file(), JSON.stringify({ ...honest, ...change }));
    await attack();
    writeFileSync(file(), JSON.stringify(honest));
  }

  test('with another device’s key: the relay refuses to say anything', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const device = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    await withConnectFile({ device }, async () => {
      expect(await stage.firstWord()).toBe('HANDSHAKE_FAILED');
    });
  });

  test('with another connect key: the daemon refuses', async () => {
    await withConnectFile({ key: randomBytes(32).toString('base64') }, async () => {
      expect(await stage.firstWord()).toBe('HANDSHAKE_FAILED');
    });
  });

  test('that others may read is not used', async () => {
    chmodSync(file(), 0o644);
    expect(await stage.firstWord()).toBe('FOLDER_UNSAFE');
    chmodSync(file(), 0o600);
  });
});

test('a daemon of one’s own on the socket: relays refuse it, and the real one does not take its place silently', async () => {
  const { socket: path } = connectFileOf(stage.home);
  stage.daemon.kill('SIGKILL');
  await stage.daemon.ended;
  expect(existsSync(path)).toBe(true);

  const { privateKey } = generateKeyPairSync('ed25519');
  const heard: string[] = [];
  const rogue = createServer((socket) => {
    socket.on('error', () => {});
    void (async () => {
      heard.push(await nextLine(socket));
      const signature = sign(null, randomBytes(64), privateKey).toString('base64');
      socket.write(`${JSON.stringify({ nonce: randomBytes(32).toString('base64'), signature })}\n`);
      heard.push(await nextLine(socket));
    })().catch(() => {});
  });
  rmSync(path);
  rogue.listen(path);
  await once(rogue, 'listening');
  expect(await stage.firstWord()).toBe('HANDSHAKE_FAILED');
  // A hello each time, and nothing after it: neither a proof nor a word of the client’s.
  expect(heard.every((line) => 'nonce' in JSON.parse(line) && !('proof' in JSON.parse(line)))).toBe(true);
  const { code, said } = await secondDaemon();
  expect(code).not.toBe(0);
  expect(said).toContain('already serves this folder');
  rogue.close();
  await once(rogue, 'close');
});
