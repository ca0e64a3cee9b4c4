import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConnectFile, writeConnectFile } from '../../adapters/socket/connectFile.ts';
import { greet } from '../../adapters/socket/greet.ts';
import { type Listening, listenOwnerOnly } from '../../adapters/socket/listen.ts';
import { refuseUnproved } from '../../adapters/socket/refuseUnproved.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import type { ConnectFile, Hello, Welcome } from '../../contract/handshake.ts';
import { refusal } from '../../contract/refusal.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const SESSION = '01999999-0000-7000-8000-000000000001';

let home: string;
let cleanup: (() => unknown)[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'relay-'));
  cleanup = [];
});
afterEach(async () => {
  for (const clean of cleanup.reverse()) await clean();
  rmSync(home, { recursive: true });
});

interface Relay {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** All that it says from now on. */
  stdout(): Promise<string>;
  stderr(): Promise<string>;
  readonly exit: Promise<number | null>;
}

function relay(server = 'files', execArgv: string[] = []): Relay {
  const child = spawn(process.execPath, [...execArgv, MAIN, server], {
    env: { PATH: process.env.PATH, COUNTERSIGN_HOME: home },
    stdio: 'pipe',
  });
  child.stdin.on('error', () => {});
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  cleanup.push(() => {
    child.kill('SIGKILL');
    return exit;
  });
  return { child, stdout: () => text(child.stdout), stderr: () => text(child.stderr), exit };
}

interface Options {
  readonly admit?: (hello: Hello) => Welcome;
  /** The daemon signs with a key that `connect.json` does not name. */
  readonly rogue?: boolean;
  /** Runs before a peer is greeted. */
  readonly before?: () => void;
}

/** The socket's part of a daemon: greets, then does with each session what the test says. */
async function daemon(onSession: (socket: Socket) => void, { admit, rogue, before }: Options = {}): Promise<Listening> {
  const { state, socket: path } = foldersFor({ COUNTERSIGN_HOME: home }, process.platform, false);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const device = generateKeyPairSync('ed25519');
  const signer = rogue ? generateKeyPairSync('ed25519').privateKey : device.privateKey;
  const connectKey = randomBytes(32);
  const sockets: Socket[] = [];
  const listening = await listenOwnerOnly(path, async (socket) => {
    sockets.push(socket);
    before?.();
    const greeted = await greet(socket, {
      sign: (message) => sign(null, message, signer),
      connectKey,
      admit: admit ?? (() => ({ welcome: SESSION })),
    }).catch(() => undefined);
    if (greeted) onSession(socket);
  });
  cleanup.push(() => {
    for (const socket of sockets) socket.destroy();
    return listening.close();
  });
  writeConnectFile(join(state, 'connect.json'), {
    socket: path,
    device: device.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    key: connectKey.toString('base64'),
  });
  return listening;
}

const echo = (socket: Socket) => void socket.pipe(socket);
const messages = (lines: string) =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test('what the client says at once is kept, and comes back through the daemon byte for byte', async () => {
  await daemon(echo);
  const { child, stdout, exit } = relay();
  const said = '{"jsonrpc":"2.0","id":1,"method":"x"}\n\u2028 no line of its own \r\n{"half';
  child.stdin.end(said);
  expect(await stdout()).toBe(said);
  expect(await exit).toBe(0);
});

test('fifty megabytes pass both ways unchanged, with both ends slow', async () => {
  await daemon(echo);
  const { child, exit } = relay();
  const block = randomBytes(1_000_000);
  const sent = createHash('sha256');
  const got = createHash('sha256');
  const read = (async () => {
    for await (const chunk of child.stdout) got.update(chunk);
  })();
  for (let at = 0; at < 50; at++) {
    sent.update(block);
    if (!child.stdin.write(block)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await read;
  expect(got.digest('hex')).toBe(sent.digest('hex'));
  expect(await exit).toBe(0);
});

test('a client that writes and never reads does not stop its words from reaching the daemon', async () => {
  const heard = Promise.withResolvers<void>();
  let bytes = 0;
  await daemon((socket) => {
    // More than the pipes between relay and client hold.
    socket.write(Buffer.alloc(4_000_000, 0x2e));
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes === 1_000_000) heard.resolve();
    });
    socket.resume();
  });
  const { child } = relay();
  child.stdin.write(Buffer.alloc(1_000_000));
  await heard.promise;
});

test('a daemon may finish its answers after the client has ended its input', async () => {
  await daemon((socket) => {
    socket.on('end', () => socket.end('the last answer\n'));
    socket.resume();
  });
  const { child, stdout, stderr, exit } = relay();
  child.stdin.end();
  expect(await Promise.all([stdout(), stderr(), exit])).toEqual(['the last answer\n', '', 0]);
});

test('the daemon learns which server it is for, and from which process', async () => {
  const hellos: Hello[] = [];
  await daemon(echo, {
    admit(hello) {
      hellos.push(hello);
      return { welcome: SESSION };
    },
  });
  const { child, exit } = relay('my.server-1');
  child.stdin.end();
  await exit;
  expect(hellos).toMatchObject([{ role: 'relay', server: 'my.server-1', pid: child.pid }]);
});

test('a daemon that starts a moment later is waited for', async () => {
  const { child, stdout, exit } = relay();
  child.stdin.end('kept\n');
  await once(child, 'spawn');
  await daemon(echo);
  expect(await stdout()).toBe('kept\n');
  expect(await exit).toBe(0);
});

test('a daemon that waits for its vault is waited for, and then named as what is in the way', async () => {
  const { state, socket } = foldersFor({ COUNTERSIGN_HOME: home }, process.platform, false);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const listening = await listenOwnerOnly(socket, (peer) => void refuseUnproved(peer, refusal('VAULT_LOCKED')));
  cleanup.push(() => listening.close());
  const key = randomBytes(32).toString('base64');
  writeConnectFile(join(state, 'connect.json'), { socket, device: 'AAAA', key });
  const { child, stdout, exit } = relay();
  child.stdin.end('{"jsonrpc":"2.0","id":1,"method":"initialize"}\n');
  expect(messages(await stdout())).toMatchObject([{ id: 1, error: { code: -31022 } }]);
  expect(await exit).toBe(1);
});

test('a daemon that has not replaced the connect.json of an older one yet is found', async () => {
  const { state } = foldersFor({ COUNTERSIGN_HOME: home }, process.platform, false);
  const file = join(state, 'connect.json');
  let fresh: ConnectFile | undefined;
  await daemon(echo, {
    // The first peer still has the old file, and fails; from then on the new one is there.
    before: () => fresh && writeConnectFile(file, fresh),
  });
  fresh = readConnectFile(file) as ConnectFile;
  writeConnectFile(file, { ...fresh, key: randomBytes(32).toString('base64') });
  const { child, stdout, exit } = relay();
  child.stdin.end('kept\n');
  expect(await stdout()).toBe('kept\n');
  expect(await exit).toBe(0);
});

test('without a daemon every request gets an error a person understands, and the end of input ends it', async () => {
  const { child, stdout, stderr, exit } = relay();
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n');
  child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  child.stdin.write('{"jsonrpc":"2.0","id":"two","method":"tools/list"}\nnonsense\n');
  child.stdin.end('[{"jsonrpc":"2.0","id":3,"method":"ping"},{"jsonrpc":"2.0","method":"n"}]\n');
  const error = { code: -31001, message: expect.stringContaining('Countersign is not running') };
  expect(messages(await stdout())).toMatchObject([
    { jsonrpc: '2.0', id: 1, error },
    { id: 'two', error },
    [{ id: 3, error }],
  ]);
  expect(await stderr()).toMatch(/not running.*Open the Countersign app/);
  expect(await exit).toBe(1);
});

test('a refusal of the daemon is what the client hears, at once', async () => {
  await daemon(echo, { admit: () => ({ refused: refusal('CONSENT_NEEDED', 'files') }) });
  const { child, stdout, exit } = relay();
  child.stdin.end('{"jsonrpc":"2.0","id":1,"method":"initialize"}\n');
  expect(messages(await stdout())).toMatchObject([
    { id: 1, error: { code: -31011, data: { code: 'CONSENT_NEEDED' } } },
  ]);
  expect(await exit).toBe(1);
});

test('a rogue daemon on the real path hears nothing of what the client says', async () => {
  await daemon(() => expect.unreachable(), { rogue: true });
  const { child, stdout, exit } = relay();
  child.stdin.end('{"jsonrpc":"2.0","id":1,"method":"initialize"}\n');
  expect(messages(await stdout())).toMatchObject([{ id: 1, error: { code: -31002 } }]);
  expect(await exit).toBe(1);
});

test('a client that leaves without a word gets no word', async () => {
  await daemon(echo, { admit: () => ({ refused: refusal('SERVER_UNKNOWN') }) });
  const { child, stdout, exit } = relay();
  child.stdin.end();
  expect(await stdout()).toBe('');
  expect(await exit).toBe(1);
});

test('a server’s name that is none is refused without a look at the disk', async () => {
  const { child, stdout, exit } = relay('../x');
  child.stdin.end('{"jsonrpc":"2.0","id":1,"method":"initialize"}\n');
  expect(messages(await stdout())).toMatchObject([{ id: 1, error: { code: -31083 } }]);
  expect(await exit).toBe(1);
});

test('when the daemon goes in the middle, the client’s output ends and says so', async () => {
  await daemon((socket) => {
    socket.on('data', () => {
      socket.write('{"half an answer');
      socket.destroy();
    });
    socket.resume();
  });
  const { child, stderr, exit } = relay();
  const said = stderr();
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"tools/call"}\n');
  expect(await exit).toBe(1);
  expect(await said).toMatch(/may have run/);
});

test('a client that is gone ends the relay and its session', async () => {
  const ended = Promise.withResolvers<void>();
  await daemon((socket) => {
    socket.write('hello\n');
    socket.on('end', () => {
      socket.end();
      ended.resolve();
    });
    socket.resume();
  });
  const { child, exit } = relay();
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.destroy();
  await ended.promise;
  expect(await exit).toBe(0);
});

test('SIGUSR1 opens no debugger', async () => {
  await daemon(echo);
  const { child, stderr, exit } = relay();
  const said = stderr();
  child.stdin.write('ready\n');
  await once(child.stdout, 'data');
  child.kill('SIGUSR1');
  // A process without a handler says "Debugger listening" before it does anything else.
  child.stdin.write('still here\n');
  await once(child.stdout, 'data');
  child.stdin.end();
  child.stdout.resume();
  expect(await exit).toBe(0);
  expect(await said).toBe('');
});
