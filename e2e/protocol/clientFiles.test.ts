import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { countersign } from '../fixtures/command.ts';
import { agree, startDaemon } from '../fixtures/daemon.ts';
import { makeHome, PROJECT } from '../fixtures/home.ts';

const FIXTURES = join(PROJECT, 'main/services/clients/fixtures');
/** Where each client of this account keeps its file. */
const PLACES: Readonly<Record<string, string>> = {
  'antigravity.json': '.gemini/config/mcp_config.json',
  'claude-code.json': '.claude.json',
  'claude-desktop.json': '.config/Claude/claude_desktop_config.json',
  'cline.json': '.cline/data/settings/cline_mcp_settings.json',
  'codex.toml': '.codex/config.toml',
  'continue.yaml': '.continue/config.yaml',
  'copilot-cli.json': '.copilot/mcp-config.json',
  'cursor.json': '.cursor/mcp.json',
  'gemini-cli.json': '.gemini/settings.json',
  'goose.yaml': '.config/goose/config.yaml',
  'junie.json': '.junie/mcp/mcp.json',
  'kiro.json': '.kiro/settings/mcp.json',
  'lm-studio.json': '.lmstudio/mcp.json',
  'opencode.json': '.config/opencode/opencode.json',
  'roo.json': '.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
  'vscode.json': '.config/Code/User/mcp.json',
  'windsurf.json': '.codeium/windsurf/mcp_config.json',
  'zed.json': '.config/zed/settings.json',
};
/** What is secret in those files. */
const SECRETS = [
  'ghp_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX',
  'a8Kd02mPq7ZxL4vB9nRt5WcY',
  'Tr0ub4dor-and-3',
  'tk_live_9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  "s3cr3t-With-''quotes''-9Kx2",
  '3f786850e387550fdab836ed7e6dc881de23001b',
];

test('a file of every client, full of odd writing: all of it behind us, no secret left, all of it back byte for byte', async () => {
  const home = makeHome();
  const person = join(home.folder, 'person');
  Object.assign(home.env, { HOME: person, XDG_CONFIG_HOME: '', CODEX_HOME: '', CLAUDE_CONFIG_DIR: '' });
  const at = (file: string) => join(person, PLACES[file] ?? '');
  const original = (file: string) => readFileSync(join(FIXTURES, `${file}.fixture`));
  const files = readdirSync(FIXTURES).map((file) => file.replace('.fixture', ''));
  for (const file of files) {
    mkdirSync(dirname(at(file)), { recursive: true });
    cpSync(join(FIXTURES, `${file}.fixture`), at(file));
  }
  const daemon = await startDaemon(home);
  const { app } = daemon;
  const entries = async () => (await app.clients.list()).files.flatMap((file) => file.entries);
  const found = await entries();
  expect(new Set((await app.clients.list()).files.map(({ client }) => client)).size).toBe(files.length);
  // What was there before the first look is no alarm.
  expect(found.filter(({ appeared }) => appeared !== null)).toEqual([]);

  const ids = found.filter(({ state }) => state === 'unprotected').map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(25);
  const { digest } = await app.clients.plan({ entries: ids });
  await agree(daemon, await app.clients.protect({ entries: ids, digest }));
  expect((await entries()).filter(({ state }) => state === 'unprotected')).toEqual([]);
  const texts = files.map((file) => readFileSync(at(file), 'utf8')).join();
  for (const secret of SECRETS) expect(texts).not.toContain(secret);
  for (const file of files) expect(readFileSync(at(file)).equals(original(file))).toBe(false);

  const back = await app.clients.planUndo({ entries: ids });
  await agree(daemon, await app.clients.undo({ entries: ids, digest: back.digest }));
  for (const file of files) expect([file, readFileSync(at(file)).equals(original(file))]).toEqual([file, true]);

  // Behind us once more: by the same servers with the same secrets.
  const secrets = await app.secrets.list();
  const again = await app.clients.plan({ entries: ids });
  expect(again.servers.filter(({ present }) => !present)).toEqual([]);
  await agree(daemon, await app.clients.protect({ entries: ids, digest: again.digest }));
  expect((await app.secrets.list()).map(({ name, servers }) => [name, servers])).toEqual(
    secrets.map(({ name, servers }) => [name, servers]),
  );
  await daemon.stop();
  home.remove();
});

test('on the command line, what the client would ask is given along, and each plan says what it does', async () => {
  const home = makeHome();
  const person = join(home.folder, 'person');
  Object.assign(home.env, { HOME: person, XDG_CONFIG_HOME: '' });
  const file = join(person, '.config/Code/User/mcp.json');
  const text = JSON.stringify({
    inputs: [{ type: 'pickString', id: 'region', options: ['eu', 'us'] }],
    servers: { region: { command: 'serve', args: ['$' + '{input:region}'], env: { API_TOKEN: SECRETS[0] } } },
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const daemon = await startDaemon(home);
  const yes = async () => agree(daemon, { ask: (await daemon.app.asks.list({ open: true }))[0]?.id ?? '' });

  const plan = await countersign(home, 'clients', 'protect', 'vscode/region', '--answer', 'region=eu', '--no-wait');
  expect(plan).toMatch(/Moved into the keychain\n.*api-token/);
  await yes();
  expect((await daemon.app.servers.list()).map(({ name, args }) => [name, args])).toEqual([['region', ['eu']]]);
  expect(readFileSync(file, 'utf8')).not.toContain(SECRETS[0]);
  const back = await countersign(home, 'clients', 'undo', 'region', '--no-wait');
  expect(back).toContain('Written out in plain again: api-token');
  await yes();
  expect(readFileSync(file, 'utf8')).toBe(text);
  await daemon.stop();
  home.remove();
});
