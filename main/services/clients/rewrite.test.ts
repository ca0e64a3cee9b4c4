import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../adapters/configText/parse.ts';
import { CLIENT_NAMES, type ClientId } from '../../contract/client.ts';
import type { Format, PlainMap } from '../../core/clients/format.ts';
import { entriesOf, fieldsFor, launchOf } from '../../core/clients/shapes.ts';
import type { ConfigDocument } from './ports.ts';
import { type KeptField, restore, rewrite } from './rewrite.ts';

const RELAY = { command: '/opt/count"er sign/node', args: ['bin.cjs', 'connect', 'x'] };

/** Named by client and format. */
const FILES = readdirSync(join(import.meta.dirname, 'fixtures')).map((file) => {
  const [client, format] = file.split('.') as [ClientId, Format, string];
  return { file, client, format };
});

test('there is a file of every client', () => {
  expect(FILES.map(({ client }) => client).toSorted()).toEqual(Object.keys(CLIENT_NAMES).toSorted());
});

const documentOf = async (text: string, format: Format): Promise<ConfigDocument> => {
  const read = await parseConfig(text.replace(/^\uFEFF/, ''), format);
  if (!read.ok) throw new Error(`${read.line}: ${read.message}`);
  return read.document;
};
const localsOf = async (client: ClientId, text: string, format: Format) =>
  entriesOf(client, (await documentOf(text, format)).value).filter(
    ({ value }) => launchOf(client, value).kind === 'local',
  );

const rows = FILES.flatMap((file) => [{}, { COUNTERSIGN_HOME: '/tmp/a b' }].map((env) => ({ ...file, env })));

test.each(rows)(
  '$file of $client with $env: every entry is rewritten and comes back byte for byte',
  async ({ file, client, format, env }) => {
    const original = readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8');
    const entries = await localsOf(client, original, format);
    expect(entries.length).toBeGreaterThan(0);
    let text = original;
    const done: { path: (typeof entries)[number]['path']; kept: KeptField[] }[] = [];
    for (const { path, value } of entries) {
      const fields = fieldsFor(client, value as PlainMap, { ...RELAY, env });
      const result = await rewrite(parseConfig, format, text, path, fields);
      text = result.text;
      done.push({ path, kept: result.kept });
    }
    expect(text).not.toBe(original);
    for (const { value } of await localsOf(client, text, format)) {
      expect(launchOf(client, value)).toMatchObject({ kind: 'local', ...RELAY, env });
    }
    // What belongs to nobody of them is as it was.
    const others = async (from: string) =>
      entriesOf(client, (await documentOf(from, format)).value).filter(
        ({ value }) => launchOf(client, value).kind !== 'local',
      );
    expect(await others(text)).toEqual(await others(original));

    let back = text;
    for (const { path, kept } of done) back = await restore(parseConfig, format, back, path, kept);
    expect(back).toBe(original);
  },
);

test('what was written elsewhere in the meantime stays', async () => {
  const original = readFileSync(join(import.meta.dirname, 'fixtures', 'codex.toml.fixture'), 'utf8');
  const [first] = await localsOf('codex', original, 'toml');
  if (!first) throw new Error('nothing is there');
  const fields = fieldsFor('codex', first.value as PlainMap, { ...RELAY, env: {} });
  const { text, kept } = await rewrite(parseConfig, 'toml', original, first.path, fields);
  const edit = (from: string) => `# mine\n${from.replace('startup_timeout_sec = 20', 'startup_timeout_sec = 5')}`;
  expect(await restore(parseConfig, 'toml', edit(text), first.path, kept)).toBe(edit(original));
});

test('a server that only its client would see is none: the file counts as unreadable, with the line', async () => {
  const hidden = ['[mcp_servers.__proto__]\ncommand = "x"\n', 'mcp_servers = { "__proto__" = { command = "x" } }\n'];
  for (const text of hidden) expect(await parseConfig(`# mine\n${text}`, 'toml')).toMatchObject({ ok: false, line: 2 });
  const twice = '{\n  "mcpServers": {},\n  "mcpServers": { "x": { "command": "y" } }\n}';
  expect(await parseConfig(twice, 'json')).toMatchObject({ ok: false, line: 3 });
  const { value } = await documentOf('{ "mcpServers": { "__proto__": { "command": "x" } } }', 'json');
  expect(entriesOf('cursor', value).map(({ name }) => name)).toEqual(['__proto__']);
});

test('a value that other places share is not touched', async () => {
  const text = 'extensions:\n  a: &a\n    type: stdio\n    cmd: x\n    envs: &e {A: b}\n  b:\n    <<: *a\n    cmd: y\n';
  const fields = [{ path: ['envs'], value: {} }];
  await expect(rewrite(parseConfig, 'yaml', text, ['extensions', 'a'], fields)).rejects.toThrow('YAML anchor');
});
