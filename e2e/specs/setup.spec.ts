import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Connection } from '../fixtures/connection.ts';
import { ownEnvironment } from '../fixtures/daemon.ts';
import { type Home, makeHome, serverFile } from '../fixtures/home.ts';
import { test as base } from '../fixtures/shell.ts';

const TOKEN = 'kQ7vW2mZ9xT4bN6rL1pS';
const NODE = process.execPath;

/** What four clients and a broken one have in their files, each in its own odd way. */
function filesOf(home: Home): Record<string, string> {
  const server = (log: string) => [serverFile('recording'), join(home.folder, log)];
  const [cursor, codex, goose, code] = ['cursor', 'codex', 'goose', 'code'].map(server);
  const inputs = [
    { type: 'promptString', id: 'sun-key', description: 'Key of the sun', password: true },
    { type: 'pickString', id: 'area', description: 'Area', options: ['north', 'south'] },
  ];
  const asking = { SUN_KEY: '$' + '{input:sun-key}', AREA: '$' + '{input:area}' };
  return {
    '.cursor/mcp.json': `\uFEFF// mine\r\n{\r\n\t"mcpServers": {\r\n\t\t"tide" : {"command":${JSON.stringify(NODE)},"args":${JSON.stringify(cursor)}, // runs\r\n\t\t\t"env":{"TIDE_TOKEN":"${TOKEN}"}},\r\n\t\t"away": { "url": "https://example.org/sse" },\r\n\t}\r\n}`,
    '.codex/config.toml': `model = "x" # which\n\n[mcp_servers.moon]\nargs = ${JSON.stringify(codex)}\ncommand = '${NODE}'\n\n[mcp_servers.moon.env]\nLEVEL = "2"\n`,
    '.config/goose/config.yaml': `extensions:\n  star:\n    type: stdio\n    cmd: ${NODE} # node\n    args:\n    - ${goose?.[0]}\n    - ${goose?.[1]}\n    enabled: true\n`,
    '.config/Code/User/mcp.json': `{"inputs":${JSON.stringify(inputs)},"servers":{"sun":{"type":"stdio","command":"${NODE}","args":${JSON.stringify(code)},"env":${JSON.stringify(asking)}}}}\n`,
    '.gemini/settings.json': '{\n  "mcpServers": {\n    "torn": {\n',
  };
}

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  home: async ({}, use) => {
    const home = makeHome();
    const person = join(home.folder, 'person');
    Object.assign(home.env, { HOME: person, XDG_CONFIG_HOME: '', CODEX_HOME: '', CLAUDE_CONFIG_DIR: '' });
    for (const [file, text] of Object.entries(filesOf(home))) {
      mkdirSync(dirname(join(person, file)), { recursive: true });
      writeFileSync(join(person, file), text);
    }
    await use(home);
    home.remove();
  },
});

test('from nothing to protected in three decisions, and back byte for byte', async ({ home, shell }, info) => {
  const { main, approval } = shell;
  const read = (file: string) => readFileSync(join(home.folder, 'person', file), 'utf8');
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), animations: 'disabled' });
  const begun = performance.now();

  await test.step('one: which of what was found', async () => {
    const found = main.getByRole('list', { name: 'Servers found' });
    for (const name of ['tide', 'moon', 'star', 'sun'])
      await expect(found.getByText(name, { exact: true })).toBeVisible();
    await expect(main.getByRole('region', { name: 'Secrets' })).toContainText('TIDE_TOKEN');
    await expect(main.getByText('SUN_KEY of sun is filled in by the client (Key of the sun)')).toBeVisible();
    await expect(main.getByRole('button', { name: 'Answer what the client asks' })).toBeDisabled();
    await picture(main, 'found');
    await main.getByRole('combobox', { name: 'Area, for sun' }).selectOption('north');
    await main.getByRole('button', { name: 'Review 4 servers' }).click();
  });

  await test.step('two: what runs, all of it in sight before a yes counts', async () => {
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('Let 4 servers run');
    await expect(approval.getByRole('button', { name: /^Agree/ })).toHaveAttribute('aria-disabled', 'true');
    await picture(approval, 'launches');
    for (const end of await approval.getByText('Consent binds to').all()) await end.scrollIntoViewIfNeeded();
    await shell.allow(/^Agree/);
  });

  await test.step('three: what is written', async () => {
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('Put 4 servers of your clients');
    expect(await approval.textContent('body')).not.toContain(TOKEN);
    await picture(approval, 'written');
    await shell.allow(/^Protect/);
    await expect(main.getByText('4 servers go through Countersign now')).toBeVisible();
    await picture(main, 'done');
  });
  const seconds = (performance.now() - begun) / 1000;
  info.annotations.push({ type: 'from the first page to protected', description: `${seconds.toFixed(1)} s` });
  expect(seconds).toBeLessThan(60);

  await test.step('what only the client knew is typed where secrets are', async () => {
    await main.getByRole('button', { name: 'Set sun-key' }).click();
    await approval.getByRole('textbox', { name: 'Value' }).fill('the key of the sun');
    await shell.allow(/^Store secret/);
    await expect(main.getByText('Secrets that are not set yet')).toHaveCount(0);
  });

  await test.step('a client starts its server through us', async () => {
    const { command, args, env } = JSON.parse(read('.config/Code/User/mcp.json')).servers.sun;
    const client = new Connection(command, args, { ...ownEnvironment(home), ...env });
    const { result } = await client.initialize();
    expect(result.serverInfo.name).toBe('recording');
    await client.close();
  });

  await test.step('file by file, with the one that is torn', async () => {
    await main.getByRole('link', { name: 'Clients' }).click();
    await expect(main.getByText(/Line \d+ cannot be read/)).toBeVisible();
    await expect(main.getByText('Protected', { exact: true })).toHaveCount(4);
    await picture(main, 'clients');
  });

  await test.step('put back, byte for byte', async () => {
    const original = filesOf(home);
    for (const [index, file] of ['.cursor/mcp.json', '.codex/config.toml'].entries()) {
      expect(read(file)).not.toBe(original[file]);
      await main.getByRole('button', { name: 'Put back' }).first().click();
      await expect(approval.getByRole('heading', { level: 1 })).toContainText('around Countersign');
      if (index === 0) await picture(approval, 'back');
      await shell.allow(/^Put back/);
      await expect(main.getByText('Protected', { exact: true })).toHaveCount(3 - index);
    }
    const back = Object.keys(original).filter((file) => read(file) === original[file]);
    expect(back).toHaveLength(3);
  });

  await test.step('what somebody else wrote is named, and left as it is once a person says so', async () => {
    const servers = { stranger: { command: NODE, args: ['stranger.js'] } };
    mkdirSync(join(home.folder, 'person', '.codeium/windsurf'), { recursive: true });
    writeFileSync(
      join(home.folder, 'person', '.codeium/windsurf/mcp_config.json'),
      JSON.stringify({ mcpServers: servers }),
    );
    await expect(main.getByText(/Added .* not by you here/)).toBeVisible();
    await main.getByRole('button', { name: 'Leave it so' }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('go on starting stranger');
    await expect(approval.getByText('stranger.js')).toBeVisible();
    await picture(approval, 'leave');
    await shell.allow(/^Leave it as it is/);
    await expect(main.getByText(/left so by/)).toBeVisible();
    await expect(main.getByText(/not by you here/)).toHaveCount(0);
    await picture(main, 'left');
  });

  await test.step('one entry is protected by itself, after what its client would ask', async () => {
    const inputs = [{ type: 'pickString', id: 'area', description: 'Area', options: ['east', 'west'] }];
    const servers = { dusk: { command: NODE, args: ['dusk.js', '$' + '{input:area}'] } };
    const profile = join(home.folder, 'person', '.config/Code/User/profiles/night');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'mcp.json'), JSON.stringify({ inputs, servers }));
    const protect = main.getByRole('button', { name: 'Protect', exact: true });
    const row = main.getByRole('listitem').filter({ hasText: 'dusk.js' }).filter({ has: protect });
    await row.getByRole('button', { name: 'Protect', exact: true }).click();
    await row.getByRole('combobox', { name: 'Area, for dusk' }).selectOption('west');
    await picture(main, 'asked');
    await row.getByRole('button', { name: 'Protect', exact: true }).click();
    await expect(approval.getByRole('heading', { level: 1 })).toContainText('Put 1 server of your clients');
    await shell.allow(/^Protect/);
    await expect(main.getByText('Protected', { exact: true })).toHaveCount(3);
  });
});
