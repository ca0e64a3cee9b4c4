import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientEntry } from '../../main/contract/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { agree, ownEnvironment } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { Stage } from './stage.ts';

const CANARY = 'zX9-canary-Q4v7Lm2Rk8Tw';
const CURSOR = '.cursor/mcp.json';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

const at = (file: string) => stage.path('person', file);
function put(file: string, text: string): void {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}
async function entries(): Promise<ClientEntry[]> {
  return (await stage.daemon.app.clients.list()).files.flatMap((file) => file.entries);
}
async function entry(name: string): Promise<ClientEntry> {
  const found = (await entries()).find((one) => one.name === name);
  if (!found) throw new Error(`No client has ${name}.`);
  return found;
}
async function protect(...names: string[]): Promise<void> {
  const { app } = stage.daemon;
  const chosen = (await Promise.all(names.map(entry))).map(({ id }) => id);
  const { digest } = await app.clients.plan({ entries: chosen });
  await agree(stage.daemon, await app.clients.protect({ entries: chosen, digest }));
}
async function undo(...names: string[]): Promise<void> {
  const { app } = stage.daemon;
  const chosen = (await Promise.all(names.map(entry))).map(({ id }) => id);
  const { digest } = await app.clients.planUndo({ entries: chosen });
  await agree(stage.daemon, await app.clients.undo({ entries: chosen, digest }));
}
/** What a client hears that starts this entry as its file says. */
async function start(file: string, name: string): Promise<string> {
  const { command, args, env } = JSON.parse(readFileSync(at(file), 'utf8')).mcpServers[name];
  const connection = new Connection(command, args, { ...ownEnvironment(stage.home), ...env });
  const clientInfo = { name: 'attacks', version: '1.0.0' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  const { error, result } = await connection.request('initialize', params);
  await connection.close();
  return error?.data.code ?? result.serverInfo.name;
}
/** What is on record as an alarm about this entry, newest first. */
async function alarmsOf(name: string): Promise<(string | undefined)[]> {
  return (await stage.alarms()).filter(({ detail }) => detail?.entry === name).map(({ event }) => event);
}
/** Waits for an alarm of this kind about this entry. */
async function alarm(event: string, name: string): Promise<void> {
  const { app } = stage.daemon;
  for await (const _ of await app.daemon.changes()) {
    if ((await alarmsOf(name)).includes(event)) return;
  }
}

test('what a person chose goes through us, its secret is in no file, and undoing gives back every byte', async () => {
  const { command, args } = stage.entry();
  const text = `// mine\n{\n  "mcpServers": {\n    "tide": { "command": ${JSON.stringify(command)}, "args": ${JSON.stringify(args)}, // runs\n      "env": {"TIDE_TOKEN": "${CANARY}", "LEVEL": "2"} },\n  },\n}\n`;
  put(CURSOR, text);
  chmodSync(at(CURSOR), 0o640);
  const { app } = stage.daemon;
  const { id } = await entry('tide');
  const plan = await app.clients.plan({ entries: [id] });
  expect(plan.secrets).toMatchObject([{ name: 'tide-token', variable: 'TIDE_TOKEN', length: CANARY.length }]);
  expect(JSON.stringify(plan)).not.toContain(CANARY);
  expect(plan.changes[0]?.before).toContain('[secret tide-token]');

  await protect('tide');
  const written = readFileSync(at(CURSOR), 'utf8');
  expect(written).toMatch(/^\/\/ mine\n[\s\S]*\/\/ runs\n[\s\S]*,\n {2}},\n}\n$/);
  expect(statSync(at(CURSOR)).mode & 0o777).toBe(0o640);
  expect(await entry('tide')).toMatchObject({ state: 'protected', server: 'tide' });
  // Neither in the client's file nor in anything of ours that lies open.
  const grep = (folder: string) => execFileSync('grep', ['-rlF', CANARY, folder, '--exclude=vault*']).toString();
  expect(() => grep(stage.home.folder)).toThrow();

  await undo('tide');
  expect(readFileSync(at(CURSOR), 'utf8')).toBe(text);
  // What we write ourselves, there and back, alarms nobody.
  expect(await alarmsOf('tide')).toEqual(['client-entry-added']);
  expect(await entry('tide')).toMatchObject({ state: 'unprotected', appeared: null });
});

test('a client that starts a protected entry reaches our relay, which waits for consent', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { gull: stage.entry() } }));
  await protect('gull');
  expect(await start(CURSOR, 'gull')).toBe('CONSENT_NEEDED');
  const { digest } = await stage.daemon.app.servers.review({ server: 'gull' });
  const servers = [{ server: 'gull', digest: digest ?? '' }];
  await agree(stage.daemon, await stage.daemon.app.servers.consentAll({ servers }));
  expect(await start(CURSOR, 'gull')).toBe('recording');
});

test('a file that was changed in the meantime is not written, and nothing of the plan is done', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { heron: stage.entry() } }));
  const { app, approval } = stage.daemon;
  const { id } = await entry('heron');
  const { digest } = await app.clients.plan({ entries: [id] });
  const { ask } = await app.clients.protect({ entries: [id], digest });
  const changed = JSON.stringify({ mcpServers: { heron: stage.entry() }, added: 'meanwhile' });
  put(CURSOR, changed);
  expect(await refusedWith(agree({ approval }, { ask }))).toBe('ASK_CHANGED');
  expect(readFileSync(at(CURSOR), 'utf8')).toBe(changed);
  expect((await app.servers.list()).some(({ name }) => name === 'heron')).toBe(false);
});

test('a file of variables moves in as it is now, and what the client asks is asked once', async () => {
  const env = `# theirs\nCRAKE_TOKEN="${CANARY}"\nexport CRAKE_LEVEL=2\n`;
  put('crake.env', env);
  const { command, args } = stage.entry();
  const text = JSON.stringify({
    inputs: [
      { type: 'promptString', id: 'log', description: 'Where to log' },
      { type: 'promptString', id: 'key', password: true },
    ],
    servers: {
      crake: { command, args: [args[0], '$' + '{input:log}'], envFile: '$' + '{userHome}/crake.env' },
      egret: { command, args: ['$' + '{input:key}'] },
    },
  });
  const file = '.config/Code/User/mcp.json';
  put(file, text);
  const { app } = stage.daemon;
  expect(await entry('egret')).toMatchObject({ state: 'uncovered', reason: expect.stringContaining('command line') });
  const { id } = await entry('crake');
  const open = await app.clients.plan({ entries: [id] });
  expect(open.asked).toMatchObject([{ input: 'log', description: 'Where to log', value: null }]);
  expect(await refusedWith(app.clients.import({ entries: [id], digest: open.digest }))).toBe('INPUT_INVALID');

  const choice = { entries: [id], answers: [{ entry: id, input: 'log', value: stage.log }] };
  const plan = await app.clients.plan(choice);
  expect(plan.files).toMatchObject([{ path: at('crake.env'), variables: ['CRAKE_LEVEL', 'CRAKE_TOKEN'] }]);
  expect(plan.secrets).toMatchObject([{ variable: 'CRAKE_TOKEN' }]);
  expect(JSON.stringify(plan)).not.toContain(CANARY);
  await agree(stage.daemon, await app.clients.protect({ ...choice, digest: plan.digest }));
  expect(JSON.parse(readFileSync(at(file), 'utf8')).servers.crake).toMatchObject({ envFile: '' });
  const { launch } = await app.servers.review({ server: 'crake' });
  expect(launch?.args.at(-1)).toBe(stage.log);
  expect(launch?.variables).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'CRAKE_TOKEN', source: 'keychain' }),
      expect.objectContaining({ name: 'CRAKE_LEVEL', shown: '2' }),
    ]),
  );
  await undo('crake');
  expect([readFileSync(at(file), 'utf8'), readFileSync(at('crake.env'), 'utf8')]).toEqual([text, env]);
  rmSync(at(file));
});

test('a key read as a file of variables shows nothing of itself', async () => {
  put('id_theirs', `-----BEGIN KEY-----\n${CANARY}==\n-----END KEY-----\n`);
  put(CURSOR, JSON.stringify({ mcpServers: { bittern: { command: 'node', envFile: at('id_theirs') } } }));
  const { id, ...bittern } = await entry('bittern');
  expect(bittern).toMatchObject({
    state: 'uncovered',
    reason: expect.stringContaining('something else than variables'),
  });
  expect(JSON.stringify(bittern)).not.toContain(CANARY);
  expect(await refusedWith(stage.daemon.app.clients.plan({ entries: [id] }))).toBe('INPUT_INVALID');
});

test('a secret among arguments is pointed out, and shown to nobody', async () => {
  const dsn = `postgresql://reader:${CANARY}@db.test/almanac`;
  const args = ['serve', '--dsn', dsn, '--api-key', 'hunter22hunter'];
  put(CURSOR, JSON.stringify({ mcpServers: { dotterel: { command: 'node', args } } }));
  const { exposed, servers, ...plan } = await stage.daemon.app.clients.plan({
    entries: [(await entry('dotterel')).id],
  });
  expect(exposed).toEqual([
    { server: 'dotterel', argument: 3, why: expect.stringContaining('form of a secret') },
    { server: 'dotterel', argument: 5, why: 'the name of --api-key says so' },
  ]);
  expect(JSON.stringify([servers, plan])).not.toContain(CANARY);

  const file = '.config/Code/User/mcp.json';
  const inputs = [{ type: 'promptString', id: 'dsn', default: dsn }];
  put(file, JSON.stringify({ inputs, servers: { godwit: { command: 'node', args: ['$' + '{input:dsn}'] } } }));
  const usual = await stage.daemon.app.clients.plan({ entries: [(await entry('godwit')).id] });
  expect(usual).toMatchObject({ asked: [{ input: 'dsn', value: expect.any(String) }], exposed: [{ argument: 1 }] });
  expect(JSON.stringify(usual)).not.toContain(CANARY);
  rmSync(at(file));
});

test('what else was written since stays when an entry is put back', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { ibis: stage.entry() } }));
  await protect('ibis');
  const edited = readFileSync(at(CURSOR), 'utf8').replace('{', '{\n  "theme": "dark", // new\n ');
  put(CURSOR, edited);
  await undo('ibis');
  const now = readFileSync(at(CURSOR), 'utf8');
  expect(now).toContain('"theme": "dark", // new');
  expect(now).toContain(JSON.stringify(stage.entry().args));
});

test('a secret that was revoked, or is kept for others by now, holds no entry back', async () => {
  const tern = { ...stage.entry(), env: { TERN_TOKEN: CANARY, GULL_TOKEN: 'mQ8rT2vX5yB7nK4pL9wZ' } };
  put(CURSOR, JSON.stringify({ mcpServers: { tern } }));
  await protect('tern');
  const { app } = stage.daemon;
  await app.secrets.revoke({ name: 'gull-token' });
  const named = (await app.secrets.list()).find(
    ({ name, putsBack }) => /^tern-token/.test(name) && putsBack.length > 0,
  );
  const scope = { servers: ['another'], environment: null, expiresAt: null };
  await agree(stage.daemon, await app.secrets.keepFor({ name: named?.name ?? '', scope }));
  const { secrets, gone } = await app.clients.planUndo({ entries: [(await entry('tern')).id] });
  expect([secrets, gone]).toEqual([[named?.name], ['gull-token']]);
  await undo('tern');
  const back = JSON.parse(readFileSync(at(CURSOR), 'utf8')).mcpServers.tern;
  expect(back).toEqual({ ...tern, env: { TERN_TOKEN: CANARY, GULL_TOKEN: '' } });
});

test('a bad file is shown with its line and never written', async () => {
  put('.gemini/settings.json', '{\n  "mcpServers": {\n    "x": { "command": "y", }\n  \n');
  const { files } = await stage.daemon.app.clients.list();
  const gemini = files.find(({ client }) => client === 'gemini-cli');
  expect(gemini).toMatchObject({ problem: { line: expect.any(Number) }, entries: [] });
  rmSync(at('.gemini'), { recursive: true });
});

test('through a link the file behind it is written, and the link stays', async () => {
  put('dotfiles/windsurf.json', JSON.stringify({ mcpServers: { kite: stage.entry() } }));
  mkdirSync(at('.codeium/windsurf'), { recursive: true });
  symlinkSync(at('dotfiles/windsurf.json'), at('.codeium/windsurf/mcp_config.json'));
  await protect('kite');
  expect(readFileSync(at('dotfiles/windsurf.json'), 'utf8')).toContain('"connect"');
  await undo('kite');
  expect(readFileSync(at('dotfiles/windsurf.json'), 'utf8')).toBe(
    JSON.stringify({ mcpServers: { kite: stage.entry() } }),
  );
});

test('a file that two clients reach by links is one: protected and put back once', async () => {
  const text = JSON.stringify({ mcpServers: { linnet: stage.entry() } });
  put(CURSOR, text);
  mkdirSync(at('.junie/mcp'), { recursive: true });
  symlinkSync(at(CURSOR), at('.junie/mcp/mcp.json'));
  const { files } = await stage.daemon.app.clients.list();
  const reading = files.filter(({ entries }) => entries.some(({ name }) => name === 'linnet'));
  expect(reading).toMatchObject([{ client: 'cursor', also: ['junie'] }]);
  await protect('linnet');
  expect(await start('.junie/mcp/mcp.json', 'linnet')).toBe('CONSENT_NEEDED');
  await undo('linnet');
  expect(readFileSync(at('.junie/mcp/mcp.json'), 'utf8')).toBe(text);
  rmSync(at('.junie'), { recursive: true });
});

test('a link that comes later to a file changes nothing about what is in it', async () => {
  const text = JSON.stringify({ mcpServers: { whinchat: stage.entry() } });
  put('.junie/mcp/mcp.json', text);
  await protect('whinchat');
  rmSync(at(CURSOR));
  symlinkSync(at('.junie/mcp/mcp.json'), at(CURSOR));
  expect(await entry('whinchat')).toMatchObject({ state: 'protected', kept: true, appeared: null });
  await undo('whinchat');
  expect(readFileSync(at(CURSOR), 'utf8')).toBe(text);
  expect(await alarmsOf('whinchat')).toEqual(['client-entry-added']);
  rmSync(at(CURSOR));
  rmSync(at('.junie'), { recursive: true });
});

test('incident 3, MCPoison: a command that is swapped under a known name raises an alarm, and behind us it does not start', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { lapwing: { command: 'node', args: ['good.js'] } } }));
  await entry('lapwing');
  const alarmed = alarm('client-entry-changed', 'lapwing');
  put(CURSOR, JSON.stringify({ mcpServers: { lapwing: { command: 'node', args: ['evil.js'] } } }));
  await alarmed;
  expect(await entry('lapwing')).toMatchObject({ appeared: { change: 'changed' } });
});

test('incident 4, CurXecute: an entry that an agent writes is an alarm, and in quarantine it starts nothing', async () => {
  const rogue = { command: process.execPath, args: ['-e', `require('fs').writeFileSync('${stage.path('ran')}', '')`] };
  const alarmed = alarm('client-entry-added', 'wren');
  put(CURSOR, JSON.stringify({ mcpServers: { wren: { ...rogue, env: { WREN_TOKEN: CANARY } } } }));
  await alarmed;
  const { id, appeared } = await entry('wren');
  expect(appeared).toMatchObject({ change: 'added' });
  const { problems } = await stage.daemon.app.daemon.status();
  expect(problems).toContainEqual(expect.objectContaining({ code: 'CLIENT_ENTRY_NEW' }));

  await stage.daemon.app.clients.quarantine({ entry: id });
  expect(readFileSync(at(CURSOR), 'utf8')).not.toContain(CANARY);
  expect(await start(CURSOR, 'wren')).toBe('SERVER_QUARANTINED');
  expect(readdirSync(stage.home.folder)).not.toContain('ran');
  expect(await entry('wren')).toMatchObject({ state: 'quarantined', appeared: null, command: process.execPath });
  expect(await alarmsOf('wren')).toEqual(['client-entry-added']);
  // Even a server of that very name does not come to life behind it.
  const { server } = await entry('wren');
  await stage.daemon.app.servers.add({ name: server ?? '', entry: stage.entry() });
  expect(await start(CURSOR, 'wren')).toBe('SERVER_QUARANTINED');
});

test('an entry that cannot be put behind us waits for a decision all the same, and can be quarantined', async () => {
  const args = [['$', '{input:x}'].join('')];
  put(CURSOR, JSON.stringify({ mcpServers: { stork: { command: 'node', args } } }));
  const { id, ...stork } = await entry('stork');
  expect(stork).toMatchObject({ state: 'uncovered', reason: expect.stringContaining(args[0] ?? ''), appeared: {} });
  expect(await refusedWith(stage.daemon.app.clients.plan({ entries: [id] }))).toBe('INPUT_INVALID');
  await stage.daemon.app.clients.quarantine({ entry: id });
  expect(await start(CURSOR, 'stork')).toBe('SERVER_QUARANTINED');
});

test('a remote server that somebody else adds is an alarm as well, and in quarantine it leads nowhere', async () => {
  const text = `{"mcpServers":{"hosted":{"type":"http","url":"https://theirs.test/mcp?key=${CANARY}"}}}`;
  put(CURSOR, text);
  const { id, ...hosted } = await entry('hosted');
  expect(hosted).toMatchObject({ state: 'remote', appeared: { change: 'added' } });
  await stage.daemon.app.clients.quarantine({ entry: id });
  expect(JSON.parse(readFileSync(at(CURSOR), 'utf8')).mcpServers.hosted.url).toMatch(/^https:\/\/[a-z.]+\.invalid\/$/);
  expect(await entry('hosted')).toMatchObject({
    state: 'quarantined',
    appeared: null,
    url: expect.stringContaining('https://theirs.test/'),
  });
  expect(JSON.stringify([hosted, await entry('hosted')])).not.toContain(CANARY);
  await undo('hosted');
  expect(readFileSync(at(CURSOR), 'utf8')).toBe(text);
});

test('what is put beside our command is an alarm: a variable that loads code, another home, a file, an address', async () => {
  const beside: Record<string, Record<string, unknown>> = {
    ruff: { env: { NODE_OPTIONS: '--require /tmp/theirs.cjs' } },
    sora: { env: { COUNTERSIGN_HOME: '/tmp/theirs' } },
    teal: { envFile: '/tmp/theirs.env' },
    wigeon: { httpUrl: 'https://theirs.test/mcp' },
  };
  const names = Object.keys(beside);
  put(CURSOR, JSON.stringify({ mcpServers: Object.fromEntries(names.map((name) => [name, stage.entry()])) }));
  await protect(...names);
  const { mcpServers } = JSON.parse(readFileSync(at(CURSOR), 'utf8'));
  for (const name of names)
    Object.assign(mcpServers[name], {
      ...beside[name],
      env: { ...mcpServers[name].env, ...(beside[name]?.env ?? {}) },
    });
  put(CURSOR, JSON.stringify({ mcpServers }));
  for (const name of names) {
    const { id, ...found } = await entry(name);
    expect(found).toMatchObject({ state: 'uncovered', appeared: { change: 'released' } });
    expect(found.reason).toContain('not as Countersign wrote it');
    await stage.daemon.app.clients.quarantine({ entry: id });
  }
  expect(readFileSync(at(CURSOR), 'utf8')).not.toContain('theirs');
  for (const name of names) expect(await start(CURSOR, name)).toBe('SERVER_QUARANTINED');
});

test('an unknown entry that a person leaves as it is waits no longer, until it launches something else', async () => {
  const { app, approval } = stage.daemon;
  const dunlin = (word: string) =>
    put(CURSOR, JSON.stringify({ mcpServers: { dunlin: { command: 'node', args: [word] } } }));
  dunlin('mine.js');
  const { id } = await entry('dunlin');
  await agree(stage.daemon, await app.clients.leave({ entry: id }));
  expect(await entry('dunlin')).toMatchObject({
    state: 'unprotected',
    appeared: null,
    left: { at: expect.any(String) },
  });
  expect((await app.daemon.status()).problems.map(({ detail }) => detail).join()).not.toContain('dunlin');
  const { records } = await app.audit.search({ type: 'config', text: 'dunlin' });
  expect(records[0]).toMatchObject({ event: 'client-entry-left', person: expect.any(String) });
  expect(await refusedWith(app.clients.leave({ entry: id }))).toBe('INPUT_INVALID');

  dunlin('other.js');
  expect(await entry('dunlin')).toMatchObject({ appeared: { change: 'changed' }, left: null });
  const asked = await app.clients.leave({ entry: id });
  dunlin('third.js');
  expect(await refusedWith(agree({ approval }, asked))).toBe('ASK_CHANGED');
  expect(await entry('dunlin')).toMatchObject({ appeared: { change: 'changed' }, left: null });
});

test('incident 12, SANDWORM_MODE: rogue servers in several clients at once are each an alarm', async () => {
  const rogue = JSON.stringify({ mcpServers: { index_project: { command: 'node', args: ['/tmp/.x/index.js'] } } });
  mkdirSync(at('.config/Claude'), { recursive: true });
  put('.config/Claude/claude_desktop_config.json', rogue);
  put(CURSOR, rogue);
  put('.codeium/windsurf/other.json', rogue);
  put('.continue/config.yaml', 'mcpServers:\n  - name: lint_check\n    command: node\n');
  const found = (await entries()).filter(({ appeared }) => appeared?.change === 'added');
  expect(found.map(({ name }) => name).sort()).toEqual(['index_project', 'index_project', 'lint_check']);
});

test('a file that only its client can still read is an alarm, until it can be read again', async () => {
  const rogue = { node: { command: 'node', args: ['/tmp/.x/index.js'] } };
  const file = '.lmstudio/mcp.json';
  put(file, '{"mcpServers":{}}');
  await entries();
  put(file, `{"mcpServers":{},"mcpServers":${JSON.stringify(rogue)}}`);
  await entries();
  const [alarm] = await stage.alarms();
  expect(alarm).toMatchObject({ event: 'client-file-unreadable', detail: { client: 'lm-studio', file: at(file) } });
  const unreadable = async () =>
    (await stage.daemon.app.daemon.status()).problems.filter(({ code }) => code === 'CLIENT_FILE_UNREADABLE');
  expect(await unreadable()).toMatchObject([{ detail: expect.stringContaining('"mcpServers" is there twice') }]);
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`s${at}`, { command: 'node' }]));
  put(file, JSON.stringify({ mcpServers: many }));
  await entries();
  expect(await unreadable()).toMatchObject([{ detail: expect.stringContaining('more than 500 servers') }]);
  put(file, '{"mcpServers":{}}');
  await entries();
  expect(await unreadable()).toEqual([]);
});

test('what was in a file before it could not be read is neither new nor gone when it can be read again', async () => {
  const { app } = stage.daemon;
  const file = '.lmstudio/mcp.json';
  const text = JSON.stringify({ mcpServers: { redstart: { command: 'node', args: ['theirs.js'] } } });
  put(file, text);
  const left = (await entry('redstart')).id;
  await agree(stage.daemon, await app.clients.leave({ entry: left }));
  put(file, text.slice(0, -1));
  expect((await entries()).some(({ name }) => name === 'redstart')).toBe(false);
  put(file, text);
  expect(await entry('redstart')).toMatchObject({ appeared: null, left: { by: expect.any(String) } });
  put(file, text.slice(0, -1));
  await entries();
  put(file, text.replace('theirs.js', 'rogue.js'));
  expect(await entry('redstart')).toMatchObject({ appeared: { change: 'changed' }, left: null });
  expect(await alarmsOf('redstart')).toEqual(['client-entry-changed', 'client-entry-added']);
  rmSync(at(file));
});

test('incident 14: nothing in a project’s folder is read before a person trusts it', async () => {
  const project = at('clone');
  mkdirSync(join(project, '.vscode'), { recursive: true });
  writeFileSync(join(project, '.vscode', 'mcp.json'), JSON.stringify({ servers: { sprout: { command: 'x' } } }));
  put('.claude.json', JSON.stringify({ projects: { [project]: { hasTrustDialogAccepted: false } } }));
  const before = await stage.daemon.app.clients.list();
  expect(before.unread).toEqual([project]);
  expect((await entries()).some(({ name }) => name === 'sprout')).toBe(false);
  await agree(stage.daemon, await stage.daemon.app.clients.trust({ folder: project }));
  expect(await entry('sprout')).toMatchObject({ state: 'unprotected' });
  await stage.daemon.app.clients.forget({ folder: project });
  expect((await entries()).some(({ name }) => name === 'sprout')).toBe(false);
});

test('incident 18: a client that was told to run tools unasked is shown as that', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { magpie: { command: 'node', alwaysAllow: ['delete'] } } }));
  expect(await entry('magpie')).toMatchObject({ unasked: true });
});

test('an entry that is taken out of protection by hand is an alarm', async () => {
  put(CURSOR, JSON.stringify({ mcpServers: { plover: stage.entry() } }));
  await protect('plover');
  put(CURSOR, JSON.stringify({ mcpServers: { plover: stage.entry() } }));
  expect(await entry('plover')).toMatchObject({ state: 'unprotected', appeared: { change: 'released' } });
  const { app } = stage.daemon;
  expect(await refusedWith(app.clients.planUndo({ entries: [(await entry('plover')).id] }))).toBe(
    'CLIENT_FILE_CHANGED',
  );
});

test('an entry cannot bind secrets of the keychain to itself', async () => {
  const env = { X: ['$', '{keychain:OLD}'].join('') };
  put(CURSOR, JSON.stringify({ mcpServers: { thief: { ...stage.entry(), env } } }));
  const { id } = await entry('thief');
  expect(await refusedWith(stage.daemon.app.clients.plan({ entries: [id] }))).toBe('INPUT_INVALID');
});
