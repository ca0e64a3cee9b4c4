/** What a person has put behind us, and put back: every byte, and no secret in sight. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agree } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { CANARY, CURSOR, clientsOn } from './clientFiles.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});
const { at, put, entry, protect, undo, start, alarmsOf } = clientsOn(() => stage);

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

test('a secret beside what only the client knows moves by itself, and back', async () => {
  const env = { SNIPE_DSN: `postgresql://reader:${CANARY}@${'$'}{env:SNIPE_HOST}/${'$'}{env:SNIPE_BASE}` };
  const text = JSON.stringify({ mcpServers: { snipe: { ...stage.entry(), env } } });
  put(CURSOR, text);
  const { app } = stage.daemon;
  const plan = await app.clients.plan({ entries: [(await entry('snipe')).id] });
  expect(plan).toMatchObject({
    secrets: [{ name: 'snipe-dsn', variable: 'SNIPE_DSN', length: CANARY.length }],
    missing: [
      { name: 'snipe-host', variable: 'SNIPE_DSN' },
      { name: 'snipe-base', variable: 'SNIPE_DSN' },
    ],
  });
  expect(JSON.stringify(plan)).not.toContain(CANARY);
  await protect('snipe');
  expect(readFileSync(stage.path('config', 'servers.json'), 'utf8')).not.toContain(CANARY);
  await undo('snipe');
  expect(readFileSync(at(CURSOR), 'utf8')).toBe(text);
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

test('an entry cannot bind secrets of the keychain to itself', async () => {
  const env = { X: ['$', '{keychain:OLD}'].join('') };
  put(CURSOR, JSON.stringify({ mcpServers: { thief: { ...stage.entry(), env } } }));
  const { id } = await entry('thief');
  expect(await refusedWith(stage.daemon.app.clients.plan({ entries: [id] }))).toBe('INPUT_INVALID');
});
