import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { expect, onTestFinished, test } from 'vitest';
import { writeConnectFile } from '../../adapters/socket/connectFile.ts';
import { greet } from '../../adapters/socket/greet.ts';
import { serveDoor } from '../../adapters/socket/rpc.ts';
import { api } from '../../contract/api.ts';
import { openDoor } from './door.ts';

const os = implement(api);
const router = { daemon: { doctor: os.daemon.doctor.handler(() => []) } };

/** A state folder, and on its socket something that holds `key` and answers. */
async function daemonIn(options: { told?: ReturnType<typeof keyPair> } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'door-'));
  const key = keyPair();
  const connectKey = randomBytes(32);
  const server = createServer((socket) => {
    const signed = (message: Uint8Array) => sign(null, message, key.privateKey);
    greet(socket, {
      sign: signed,
      connectKey,
      admit: () => ({ welcome: '0193c5e0-0000-7000-8000-00000000000a' }),
    }).then(
      () => serveDoor(socket, router, {}),
      () => {},
    );
  });
  const path = join(folder, 'sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  writeConnectFile(join(folder, 'connect.json'), {
    socket: path,
    device: (options.told ?? key).publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    key: connectKey.toString('base64'),
  });
  return { folder, server };
}

const keyPair = () => generateKeyPairSync('ed25519');

test('both ends prove themselves, then operations answer', async () => {
  const { folder } = await daemonIn();
  const door = await openDoor(folder);
  expect(await door.api.daemon.doctor()).toEqual([]);
  door.close();
  await door.closed;
});

test('a daemon with another device key is not talked to', async () => {
  const { folder } = await daemonIn({ told: keyPair() });
  await expect(openDoor(folder)).rejects.toMatchObject({ refusal: { code: 'HANDSHAKE_FAILED' } });
});

test('no file, or nobody behind it, is an absent daemon', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'door-'));
  onTestFinished(() => rm(empty, { recursive: true }));
  await expect(openDoor(empty)).rejects.toMatchObject({ refusal: { code: 'DAEMON_ABSENT' } });

  const { folder, server } = await daemonIn();
  await new Promise((resolve) => server.close(resolve));
  await expect(openDoor(folder)).rejects.toMatchObject({ refusal: { code: 'DAEMON_ABSENT' } });
});
