import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { admit, agree, agreeToLaunch, type Daemon, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { type Home, serverFile } from '../fixtures/home.ts';

/** A person's home outside of the temporary folders, with Countersign's own folders in it. */
let person: string;
let home: Home;
let daemon: Daemon;
let confines: boolean | null;
let spying: Connection;
/** Another program of the person's that listens. */
let agent: Server;
let bus: ChildProcess | undefined;

const only = (...servers: string[]) => ({ servers, environment: null, expiresAt: null });
const put = (path: string, text: string) => {
  const file = join(person, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
async function spyAs(client: Connection, ...attempts: [string, string?][]): Promise<unknown[]> {
  const { result } = await client.call('spy', { attempts: Buffer.from(JSON.stringify(attempts)).toString('hex') });
  return result.structuredContent.outcomes;
}
const spy = (...attempts: [string, string?][]) => spyAs(spying, ...attempts);
const connectTo = (server: string) => {
  const { command, args } = connectCommand(server);
  return new Connection(command, args, ownEnvironment(home));
};

beforeAll(async () => {
  person = realpathSync(mkdtempSync(join(homedir(), '.countersign-person-')));
  const folder = join(person, 'countersign');
  mkdirSync(folder, { mode: 0o700 });
  const env = { ...(process.env as Record<string, string>), HOME: person, COUNTERSIGN_HOME: folder };
  home = { folder, env, remove: () => rmSync(person, { recursive: true, force: true, maxRetries: 5 }) };
  put('.ssh/id_ed25519', 'a private key');
  put('.claude.json', '{}');
  put('.bashrc', '# start');
  put('project/notes.txt', 'what it works on');
  put('library/book.txt', 'what it may read');
  mkdirSync(join(person, 'named'));
  agent = createServer((socket) => socket.end()).listen(join(person, 'agent.sock'));
  await once(agent, 'listening');

  daemon = await startDaemon(home);
  ({ confines } = await daemon.app.daemon.status());
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference as it stands in servers.json
  const env2 = { TOKEN: '${keychain:OTHER}' };
  await agree(
    daemon,
    await daemon.app.secrets.set({ name: 'OTHER', value: 'value of another', scope: only('holder') }),
  );
  const entry = { command: process.execPath, args: [serverFile('spying'), join(person, 'named')] };
  await admit(daemon, 'holder', { ...entry, env: env2 }, { spy: 'read' });
  await daemon.app.servers.add({ name: 'spying', entry: { ...entry, cwd: join(person, 'project') } });
  await agreeToLaunch(daemon, 'spying');
  await daemon.app.servers.start({ server: 'spying' });
  const tools = await daemon.app.tools.list({ server: 'spying' });
  const accepted = tools.flatMap(({ kind, name, digest }) =>
    kind === 'tool' ? [{ name, digest, class: 'read' as const }] : [],
  );
  await agree(daemon, await daemon.app.tools.accept({ server: 'spying', tools: accepted }));
  spying = connectTo('spying');
  await spying.initialize();
});
afterAll(async () => {
  await spying?.close();
  await daemon.stop();
  agent.close();
  bus?.kill();
  home.remove();
});
beforeEach((context) => {
  if (confines !== true) context.skip('not run: nothing confines servers on this machine');
});

test('a server works on its folder and on what it names, for good', async () => {
  const [notes, made] = [join(person, 'project/notes.txt'), join(person, 'named/made')];
  expect(
    await spy(['read', notes], ['write', notes], ['write', made], ['read', join(person, 'library/book.txt')]),
  ).toEqual(['what it works on', 'ok', 'ok', 'what it may read']);
  expect([readFileSync(notes, 'utf8'), existsSync(made)]).toEqual(['spied', true]);
});

test('it changes nothing else of its person', async () => {
  expect(
    await spy(
      ['write', join(person, 'library/book.txt')],
      ['write', join(person, '.bashrc')],
      ['write', join(person, 'new')],
    ),
  ).toEqual(['EROFS', 'EROFS', 'EROFS']);
});

test('it finds no key, no client’s configuration and nothing of Countersign’s', async () => {
  const own = (path: string) => join(home.folder, path);
  expect(
    await spy(
      ['read', join(person, '.ssh/id_ed25519')],
      ['read', join(person, '.claude.json')],
      ['list', own('state')],
      ['read', own('state/vault')],
      ['read', own('run/connect.json')],
      ['list', own('config')],
      ['write', own('config/servers.json')],
    ),
  ).toEqual(['ENOENT', 'EACCES', '', 'ENOENT', 'ENOENT', '', 'EROFS']);
});

test('it reaches neither the control socket, nor an agent, nor the bus of a key ring', async (context) => {
  const outcomes = await spy(
    ['connect', join(home.folder, 'run/countersign.sock')],
    ['connect', join(person, 'agent.sock')],
  );
  expect(outcomes[0]).toBe('ENOENT');
  // It listened before the server started, so an empty file lies in its place.
  expect(outcomes[1]).toBe('ECONNREFUSED');

  const started = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await Promise.race([once(started.stdout, 'data'), once(started, 'error').then(() => [null])]);
  if (said === null) return context.skip('the part with a bus was not run: there is no dbus-daemon');
  bus = started;
  const [, kind = '', name = ''] = /unix:(abstract|path)=([^,\s]+)/.exec(String(said)) ?? [];
  const address = kind === 'abstract' ? `\0${name}` : name;
  expect((await spy(['connect', address]))[0]).toBe(kind === 'abstract' ? 'EPERM' : 'ENOENT');
});

test('incident 23, Smithery: a server that reads wherever it gets finds no secret of another', async () => {
  const holder = connectTo('holder');
  await holder.initialize();
  // The other one has it.
  expect(await spyAs(holder, ['environment', 'TOKEN'])).toEqual(['value of another']);
  const [environments, work, up] = await spy(
    ['environments'],
    ['list', join(home.folder, 'state/work')],
    ['read', '../../../../../../etc/../proc/1/environ'],
  );
  expect(String(environments) + String(up)).not.toContain('value of another');
  expect(work).toBe('ENOENT');
  await holder.close();
});

test('incident 23, Smithery: a server that names a secret of another does not start', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the reference as it stands in servers.json
  const entry = { command: process.execPath, args: [serverFile('spying')], env: { TOKEN: '${keychain:OTHER}' } };
  await daemon.app.servers.add({ name: 'thief', entry });
  await agreeToLaunch(daemon, 'thief');
  await expect(daemon.app.servers.start({ server: 'thief' })).rejects.toMatchObject({
    data: { code: 'SECRET_NOT_BOUND' },
  });
});

test('what it reaches is part of what was agreed to', async () => {
  await daemon.app.servers.sandbox({ server: 'thief', sandbox: 'off' });
  const review = await daemon.app.servers.review({ server: 'thief' });
  expect(review).toMatchObject({ consent: 'changed', launch: { reach: { preset: 'off' } } });
  expect(review.differences).toContainEqual({ where: 'reach', before: 'standard', after: 'off' });
  await expect(daemon.app.servers.start({ server: 'thief' })).rejects.toMatchObject({
    data: { code: 'CONSENT_CHANGED' },
  });
});
