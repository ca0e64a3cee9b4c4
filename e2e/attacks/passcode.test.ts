import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectFileOf, openControl } from '../fixtures/control.ts';
import { ownEnvironment, PASSCODE } from '../fixtures/daemon.ts';
import { type Operations, refusedWith } from '../fixtures/door.ts';
import { type Home, makeHome, PROJECT } from '../fixtures/home.ts';
import { proofFor, proofThrough } from '../fixtures/proof.ts';
import { Terminal } from '../fixtures/terminal.ts';

const BIN = join(PROJECT, 'main/shells/cli/bin.cjs');

let home: Home;
let terminal: Terminal;
let control: Operations;
let close: () => void;

/** A headless daemon on a terminal of its own, where a person chooses a passcode, or types it. */
async function start(question: string): Promise<void> {
  terminal = new Terminal(process.execPath, [BIN, 'daemon'], ownEnvironment(home));
  await terminal.reads(question);
  terminal.types(PASSCODE);
  if (question === 'New passcode') {
    await terminal.reads('Once more');
    terminal.types(PASSCODE);
  }
  await terminal.reads('http://127.0.0.1:');
  ({ control, close } = await openControl(home));
}

async function restart(meanwhile: () => void = () => {}): Promise<void> {
  close();
  await terminal.close();
  meanwhile();
  await start('Passcode: ');
}

beforeEach(async () => {
  home = makeHome();
  await start('New passcode');
});
afterEach(async () => {
  close();
  await terminal.close();
  home.remove();
});

/** Something a person would have to agree to. */
async function question(name = 'TOKEN'): Promise<{ id: string; hash: string }> {
  const { ask } = await control.secrets.set({ name, value: 'chosen by an agent' });
  return control.asks.get({ id: ask });
}

/** The command line as an agent’s shell runs it: in a session of its own, so without a terminal. */
async function withoutTerminal(args: readonly string[], stdin: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...ownEnvironment(home), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const [out, said, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number, said: out + said };
}

const answer = async (passcode?: string) => {
  const ask = await question();
  const proof = passcode === undefined ? {} : { proof: await proofThrough(control, ask, passcode) };
  return control.asks.answer({ id: ask.id, hash: ask.hash, approve: true, ...proof });
};

test('a passcode by pipe, argument or environment is not taken: approving wants the terminal', async () => {
  const { id } = await question();
  const piped = await withoutTerminal(['approve', id, '--json'], `${PASSCODE}\n${PASSCODE}\n`);
  expect(piped.code).toBe(1);
  expect(piped.said).toContain('NOT_A_TERMINAL');
  for (const given of [[PASSCODE], ['--passcode', PASSCODE], [`--passcode=${PASSCODE}`]]) {
    expect((await withoutTerminal(['approve', id, ...given], '')).code).toBe(2);
  }
  const names = ['COUNTERSIGN_PASSCODE', 'PASSCODE', 'SSH_ASKPASS'];
  const env = Object.fromEntries(names.map((name) => [name, PASSCODE]));
  expect((await withoutTerminal(['approve', id, '--json'], '', env)).said).toContain('NOT_A_TERMINAL');
  expect(await control.asks.get({ id })).toMatchObject({ state: 'open' });
  expect(await control.secrets.list()).toEqual([]);
});

test('a person on a terminal can, after everything was shown', async () => {
  const { id } = await question();
  const person = new Terminal(process.execPath, [BIN, 'approve', id], ownEnvironment(home));
  await person.reads('Passcode to allow');
  person.types(PASSCODE);
  expect(await control.asks.wait({ id })).toMatchObject({ state: 'approved' });
  await person.close();
  expect(await control.secrets.list()).toMatchObject([{ name: 'TOKEN' }]);
});

test('wrong passcodes lock it after five, for the right one too, and a restart or a lost witness opens nothing', async () => {
  expect(await refusedWith(answer())).toBe('PROOF_NEEDED');
  for (let guess = 0; guess < 5; guess += 1) expect(await refusedWith(answer(`wrong ${guess}`))).toBe('PASSCODE_WRONG');
  expect(await refusedWith(answer('wrong 5'))).toBe('PASSCODE_LOCKED');
  expect(await refusedWith(answer(PASSCODE))).toBe('PASSCODE_LOCKED');
  expect(await control.daemon.status()).toMatchObject({ passcode: 'locked' });

  await restart();
  expect(await refusedWith(answer(PASSCODE))).toBe('PASSCODE_LOCKED');
  await restart(() => rmSync(join(home.folder, 'state', 'passcode-witness')));
  expect(await refusedWith(answer(PASSCODE))).toBe('PASSCODE_LOCKED');
  expect(await control.secrets.list()).toEqual([]);
}, 120_000);

test('what was typed for one ask approves no other one, nothing that was changed, and nothing twice', async () => {
  const [one, other] = [await question('ONE'), await question('OTHER')];
  const proof = await proofThrough(control, one, PASSCODE);
  const challenge = await control.asks.challenge({ id: other.id });
  const yes = (ask: { id: string; hash: string }, given = proof) =>
    refusedWith(control.asks.answer({ ...ask, approve: true, proof: given }));
  expect(await yes({ id: other.id, hash: other.hash })).toBe('PASSCODE_WRONG');
  // A daemon that is none hands out a nonce of the real one, and gets a proof for what it shows itself.
  const shown = await proofFor(challenge, { id: other.id, hash: one.hash }, PASSCODE);
  expect(await yes({ id: other.id, hash: other.hash }, shown)).toBe('PASSCODE_WRONG');
  const { id, hash } = one;
  expect(await control.asks.answer({ id, hash, approve: true, proof })).toMatchObject({ state: 'approved' });
  expect(await yes({ id, hash })).toBe('ASK_GONE');
  expect(await control.secrets.list()).toMatchObject([{ name: 'ONE' }]);
});

test('the passcode itself is never on the socket: who listens in between hears a proof for that ask', async () => {
  const file = join(home.folder, 'state', 'connect.json');
  const known = connectFileOf(home);
  const heard: Buffer[] = [];
  const between = createServer((peer) => {
    const daemon = connect(known.socket);
    peer.on('data', (chunk) => heard.push(chunk));
    peer.pipe(daemon).pipe(peer);
    for (const end of [peer, daemon]) end.on('error', () => {});
  });
  const socket = join(home.folder, 'between');
  await new Promise<void>((resolve) => between.listen(socket, resolve));
  chmodSync(home.folder, 0o700);
  writeFileSync(file, JSON.stringify({ ...known, socket }), { mode: 0o600 });
  const { id } = await question();
  const person = new Terminal(process.execPath, [BIN, 'approve', id], ownEnvironment(home));
  await person.reads('Passcode to allow');
  person.types(PASSCODE);
  expect(await control.asks.wait({ id })).toMatchObject({ state: 'approved' });
  await person.close();
  between.close();
  const said = Buffer.concat(heard).toString('latin1');
  expect(said).toContain('"proof"');
  expect(said).not.toContain(PASSCODE);
});

test('nobody changes the passcode over the socket: that is for the daemon’s own terminal', async () => {
  expect(await refusedWith(control.passcode.set())).toBe('NOT_APPROVER');
  close();
  await terminal.close();
  terminal = new Terminal(process.execPath, [BIN, 'daemon', '--new-passcode'], ownEnvironment(home));
  await terminal.reads('Passcode: ');
  terminal.types(PASSCODE);
  await terminal.reads('Another passcode');
  await terminal.reads('Passcode: ');
  terminal.types('not that one');
  await terminal.reads('wrong');
  await terminal.reads('Passcode: ');
  terminal.types(PASSCODE);
  await terminal.reads('New passcode');
  terminal.types('another horse');
  await terminal.reads('Once more');
  terminal.types('another horse');
  await terminal.reads('http://127.0.0.1:');
  ({ control, close } = await openControl(home));
  expect(await refusedWith(answer(PASSCODE))).toBe('PASSCODE_WRONG');
  expect(await answer('another horse')).toMatchObject({ state: 'approved' });
});

test('guesses side by side are counted one by one', async () => {
  const guesses = Array.from({ length: 20 }, (_, guess) => refusedWith(answer(`guess ${guess}`)));
  const codes = await Promise.all(guesses);
  expect(codes.filter((code) => code === 'PASSCODE_WRONG')).toHaveLength(5);
  expect(codes.filter((code) => code === 'PASSCODE_LOCKED')).toHaveLength(15);
});

test('an older vault put back, with fewer wrong guesses in it, gives no more guesses', async () => {
  const vault = join(home.folder, 'state', 'vault');
  const before = readFileSync(vault);
  for (let guess = 0; guess < 5; guess += 1) expect(await refusedWith(answer(`wrong ${guess}`))).toBe('PASSCODE_WRONG');
  await restart(() => writeFileSync(vault, before));
  expect(await refusedWith(answer(PASSCODE))).toBe('PASSCODE_LOCKED');
});

test('a daemon without a terminal takes no passcode from its input: it opens nothing', async () => {
  close();
  await terminal.close();
  const child = spawn(process.execPath, [BIN, 'daemon'], {
    env: ownEnvironment(home),
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  child.stdin.write(`${PASSCODE}\n`);
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    // With this its output is closed, which must not end it.
    if (said.includes('http://')) break;
  }
  expect(said).toContain('There is no terminal to type the passcode on.');
  expect(said).toContain('Look and review only');
  const refused = await withoutTerminal(['list', '--json'], '');
  expect(refused.said).toContain('VAULT_LOCKED');
  process.kill(-(child.pid as number), 'SIGTERM');
  await once(child, 'exit');
  await start('Passcode: ');
});
