// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { expect, test } from 'vitest';
import { MemoryLedger, MemoryText, memoryKeys, plainSyntax } from './fixtures.ts';
import { openServersConfig } from './serversConfig.ts';

const by = { person: 'me', via: 'control' } as const;
const one = '{"mcpServers": {"notes": {"command": "node"}}}';
const off = '{"mcpServers": {"notes": {"command": "node", "disabled": true}}}';

async function open(text: string | null, ledger = new MemoryLedger()) {
  const file = new MemoryText(text);
  const config = await openServersConfig({
    file,
    syntax: plainSyntax,
    sealed: ledger,
    keys: memoryKeys,
    audit: ledger,
    history: ledger,
  });
  const edit = async (to: string | null) => {
    file.edit(to);
    await config.reload();
  };
  return { file, ledger, config, edit };
}

test('what the file says is what there is', async () => {
  const { config, edit } = await open(one);
  expect([...config.entries().keys()]).toEqual(['notes']);
  await edit('{"mcpServers": {"other": {"command": "x"}}}');
  expect([...config.entries().keys()]).toEqual(['other']);
  expect(config.entry('notes')).toBeUndefined();
});

test('a broken file leaves the last good one in force and says so', async () => {
  const { config, edit } = await open(one);
  await edit('{"mcpServers": {"notes": 7}}');
  expect(config.entry('notes')).toMatchObject({ command: 'node' });
  expect(config.problem()).toMatch(/servers\.json/);
  await expect(config.add('b', { command: 'x', args: [], env: {} }, by)).rejects.toMatchObject({
    refusal: { code: 'CONFIG_INVALID' },
  });
  await edit(one);
  expect(config.problem()).toBeNull();
});

test('a file that cannot be read leaves the last good one in force, and nothing is written into its place', async () => {
  const { config, file } = await open(one);
  file.read = async () => {
    throw new Error('it is not a file');
  };
  await config.reload();
  expect(config.entry('notes')).toMatchObject({ command: 'node' });
  expect(config.problem()).toBe('servers.json cannot be read: it is not a file');
  await expect(config.add('b', { command: 'x', args: [], env: {} }, by)).rejects.toMatchObject({
    refusal: { code: 'CONFIG_INVALID', detail: 'servers.json cannot be read: it is not a file' },
  });
});

test('adding and removing edits the file and is recorded', async () => {
  const { config, file, ledger } = await open('{}');
  await config.add('notes', { command: 'node', args: ['a.js'], env: {} }, by);
  expect(file.text).not.toContain('env');
  expect(config.entry('notes')).toMatchObject({ args: ['a.js'] });
  await expect(config.add('notes', { command: 'x', args: [], env: {} }, by)).rejects.toMatchObject({
    refusal: { code: 'INPUT_INVALID' },
  });
  await expect(config.add('no way', { command: 'x', args: [], env: {} }, by)).rejects.toMatchObject({
    refusal: { code: 'NAME_INVALID' },
  });
  await config.remove('notes', by);
  await expect(config.remove('notes', by)).rejects.toMatchObject({ refusal: { code: 'SERVER_UNKNOWN' } });
  expect(ledger.events('config')).toEqual(['added notes', 'removed notes']);
  expect(ledger.records).toMatchObject([by, by]);
  const entry = { command: 'node', args: ['a.js'] };
  expect(ledger.subjects).toMatchObject([
    { before: null, after: entry },
    { before: entry, after: null },
  ]);
});

test('what was edited while nothing ran is found at the next start, and what was not, is not', async () => {
  const { ledger, config } = await open(one);
  config.close();
  await open(one, ledger);
  await open('{"mcpServers": {"notes": {"command": "python"}}}', ledger);
  expect(ledger.events('config')).toEqual(['found-added notes', 'found-changed notes']);
  expect(ledger.subjects.at(-1)).toMatchObject({ before: { command: 'node' }, after: { command: 'python' } });
});

test('a change that cannot be written is taken back on record', async () => {
  const { config, file, ledger } = await open('{}');
  file.write = async () => {
    throw new Error('read-only');
  };
  await expect(config.add('notes', { command: 'node', args: [], env: {} }, by)).rejects.toThrow('read-only');
  expect(ledger.events('config')).toEqual(['added notes', 'not-written notes']);
  await open('{}', ledger);
  expect(ledger.events('config')).toHaveLength(2);
});

test('a change that cannot be recorded is not written', async () => {
  const { config, file, ledger } = await open('{}');
  ledger.failing = true;
  await expect(config.add('notes', { command: 'node', args: [], env: {} }, by)).rejects.toMatchObject({
    refusal: { code: 'AUDIT_UNAVAILABLE' },
  });
  expect(file.text).toBe('{}');
});

test('the record of a change names what differs and keeps no value of an environment', async () => {
  const before = { command: 'node', args: [], env: { TOKEN: 'old', KEY: '${keychain:KEY}' } };
  const { edit, ledger } = await open(JSON.stringify({ mcpServers: { notes: before } }));
  await edit(
    JSON.stringify({ mcpServers: { notes: { ...before, cwd: '/srv', env: { ...before.env, TOKEN: 'new' } } } }),
  );
  const env = { TOKEN: expect.stringMatching(/^hmac-sha256:/), KEY: '${keychain:KEY}' };
  expect(ledger.records.at(-1)).toMatchObject({ event: 'found-changed', detail: { changed: 'cwd, env TOKEN' } });
  expect(ledger.subjects.at(-1)).toMatchObject({ before: { command: 'node', env }, after: { cwd: '/srv', env } });
  expect(JSON.stringify([ledger.subjects, [...ledger.rows]])).not.toMatch(/"(old|new)"/);
});

test('changes by hand are recorded as found', async () => {
  const { edit, ledger } = await open(one);
  await edit('{"mcpServers": {"notes": {"command": "python"}, "new": {"command": "x"}}}');
  await edit('{"mcpServers": {"notes": {"command": "python"}}}');
  const found = ['found-added notes', 'found-changed notes', 'found-added new', 'found-removed new'];
  expect(ledger.events('config')).toEqual(found);
  expect(ledger.records.every(({ via }) => via === 'file')).toBe(true);
});

test('several additions at once all arrive', async () => {
  const { config } = await open(null);
  await Promise.all(['a', 'b', 'c'].map((server) => config.add(server, { command: 'x', args: [], env: {} }, by)));
  expect([...config.entries().keys()]).toEqual(['a', 'b', 'c']);
});

test('switching off by hand counts at once, switching on by hand does not', async () => {
  const { config, edit, ledger } = await open(one);
  await edit(off);
  expect(config.entry('notes')?.disabled).toBe(true);
  await edit(one);
  expect(config.entry('notes')?.disabled).toBe(true);
  await config.setDisabled('notes', false, { person: 'me', via: 'window' });
  expect(config.entry('notes')?.disabled).toBeUndefined();
  expect(ledger.records.at(-1)).toMatchObject({ type: 'switch', event: 'on', person: 'me' });
});

test('switching off counts from a broken file, and without a ledger', async () => {
  const { config, edit, ledger } = await open(one);
  ledger.failing = true;
  await edit(`${off.slice(0, -2)}, "b": 7}}`);
  expect(config.entry('notes')?.disabled).toBe(true);
  expect(config.problem()).not.toBeNull();
});

test('a row of a switch-off that was removed or replaced is an alarm, and the server stays off', async () => {
  const { config, ledger } = await open(one);
  await config.setDisabled('notes', true, by);
  ledger.rows.clear();
  const again = await open(one, ledger);
  expect(again.config.entry('notes')?.disabled).toBe(true);
  expect(ledger.events('alarm')).toEqual(['switch-lost notes']);
});

test('listeners hear of each change', async () => {
  const { config, edit } = await open(one);
  let heard = 0;
  const silence = config.onChange(() => heard++);
  await edit(off);
  expect(heard).toBeGreaterThan(0);
  silence();
  const before = heard;
  await edit(one);
  expect(heard).toBe(before);
});
