import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient, connectCommand } from '../fixtures/client.ts';
import { Connection } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { serverFile } from '../fixtures/home.ts';

const VERSION = '2026-07-28';
const META = {
  'io.modelcontextprotocol/protocolVersion': VERSION,
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1.0.0' },
};

let countersign: Countersign;

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.admit('modern', [serverFile('modern')], { add: 'read', send: 'external' });
  await countersign.admit('dual', [serverFile('modern'), 'both'], { add: 'read', send: 'external' });
  await countersign.admit('legacy', [serverFile('echo')], 'read');
});
afterAll(() => countersign.stop());

async function modernClient(server: string, mode: 'auto' | { pin: string }): Promise<ModernClient> {
  const client = new ModernClient({ name: 'modern-client', version: '2.4.0' }, { versionNegotiation: { mode } });
  await client.connect(new ModernTransport({ ...connectCommand(server), env: countersign.env }));
  return client;
}

const refusals = async (server: string) =>
  (await countersign.records(server)).filter(({ type }) => type === 'refused' || type === 'alarm');

test('the gate itself can look at a server that knows no initialize', async () => {
  const tools = await countersign.app.tools.list({ server: 'modern' });
  expect(tools.map(({ name, state }) => `${name} ${state}`)).toEqual(['add accepted', 'send accepted']);
});

test('discover, list and call answer the same with and without us, to the byte', async () => {
  const client = countersign.connect('modern');
  const direct = new Connection(process.execPath, [serverFile('modern')]);
  for (const [method, params] of [
    ['server/discover', { _meta: META }],
    ['tools/list', { _meta: META }],
    ['tools/call', { name: 'add', arguments: { a: 1, b: 2.5 }, _meta: META }],
  ] as const) {
    const answers = [client, direct].map((one) => one.answer(one.start(method, params)));
    const [relayed, plain] = await Promise.all(answers);
    expect(relayed?.bytes.toString()).toBe(plain?.bytes.toString());
    expect(plain?.message.error).toBeUndefined();
  }
  await direct.close();
  const [session] = (await countersign.app.servers.sessions()).filter(({ server }) => server === 'modern');
  expect(session).toMatchObject({ era: 'modern', client: { name: 'raw' } });
  await client.close();
});

test('a client pinned to the newest revision reads unasked, and is refused in the form of its era', async () => {
  const client = await modernClient('modern', { pin: VERSION });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['add', 'send']);
  expect((await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } })).content).toEqual([
    { type: 'text', text: '5' },
  ]);

  const asked = client.callTool({ name: 'send', arguments: { to: 'bob', text: 'hi' } });
  const ask = await countersign.person.sees();
  expect(ask.subject).toMatchObject({ tool: 'send', client: { name: 'modern-client' } });
  await countersign.person.denies(ask, 'Bob is away.');
  const refused = await asked;
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toContain('Bob is away.');

  const again = client.callTool({ name: 'send', arguments: { to: 'ann', text: 'hi' } });
  await countersign.person.approves(await countersign.person.sees());
  expect((await again).content).toEqual([{ type: 'text', text: 'sent to ann' }]);
  await client.close();
});

test('a refusal of the new era says that it is complete', async () => {
  const client = countersign.connect('modern');
  await client.request('server/discover', { _meta: META });
  const id = client.start('tools/call', { name: 'send', arguments: { to: 'b', text: 'x' }, _meta: META });
  await countersign.person.denies(await countersign.person.sees());
  expect((await client.answer(id)).message.result).toMatchObject({ isError: true, resultType: 'complete' });
  await client.close();
});

test.each(['modern', 'dual', 'legacy'])(
  'a client that finds out by itself connects to the %s server, and nobody is troubled',
  async (server) => {
    const before = (await refusals(server)).length;
    const client = await modernClient(server, 'auto');
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(1);
    await client.close();
    expect(await countersign.person.open()).toEqual([]);
    expect((await refusals(server)).length).toBe(before);
    const [summary] = (await countersign.app.servers.list()).filter(({ name }) => name === server);
    expect(summary?.state).not.toMatch(/failed|backing-off|quarantined/);
    expect((await countersign.app.daemon.status()).problems).toEqual([]);
  },
);

test('the client of the older SDK goes on as ever, with both kinds of server', async () => {
  for (const server of ['dual', 'legacy']) {
    const client = await connectClient({ ...countersign.home, env: countersign.env }, server);
    expect((await client.listTools()).tools.length).toBeGreaterThan(1);
    await client.close();
  }
});

test('a connection keeps the era it began with', async () => {
  const client = countersign.connect('dual');
  await client.initialize();
  await client.request('tools/list');
  const { error } = await client.request('server/discover', { _meta: META });
  expect(error?.data.code).toBe('WRONG_ERA');
  const call = await client.call('add', { a: 1, b: 1 }, META);
  expect(call.error?.data.code).toBe('WRONG_ERA');
  expect((await client.call('add', { a: 1, b: 1 })).result.content).toEqual([{ type: 'text', text: '2' }]);
  await client.close();
});

test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('revision %s passes', async (revision) => {
  const client = countersign.connect('legacy');
  const { result } = await client.initialize({}, revision);
  expect(result.protocolVersion).toBe(revision);
  expect((await client.call('count')).result.structuredContent.lines).toBeGreaterThan(1);
  await client.close();
});

test('a batch of 2025-03-26 is split for the server and answered as one', async () => {
  const client = countersign.connect('legacy');
  await client.initialize({}, '2025-03-26');
  const items = [
    { jsonrpc: '2.0', id: 'b1', method: 'tools/call', params: { name: 'echo', arguments: { n: 1 } } },
    { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
    { jsonrpc: '2.0', id: 'b2', method: 'made/up' },
    { jsonrpc: '2.0', id: 'b3', method: 'ping' },
  ];
  await client.send(items);
  const { message } = await client.line((one) => Array.isArray(one));
  const answers = message as unknown as {
    id: string;
    result?: { content: { text: string }[] };
    error?: { data: { code: string } };
  }[];
  const of = (id: string) => answers.find((answer) => answer.id === id);
  expect(answers).toHaveLength(3);
  expect(of('b2')?.error?.data.code).toBe('METHOD_UNKNOWN');
  expect(Buffer.from(of('b1')?.result?.content[0]?.text ?? '', 'hex').toString()).toBe(JSON.stringify(items[0]));
  await client.close();
});
