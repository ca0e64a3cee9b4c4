import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Connection, type Message } from '../fixtures/connection.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { PROJECT } from '../fixtures/home.ts';

const PROGRAM = [join(PROJECT, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js'), 'stdio'];
const CAPABILITIES = { roots: { listChanged: true }, sampling: {}, elicitation: { form: {}, url: {} } };
const ROOTS = { roots: [{ uri: 'file:///srv/project', name: 'project' }] };

let countersign: Countersign;
let direct: Connection;
let client: Connection;

/** Greets the server as a client that can do everything, and waits until it shows the tools that hang on that. */
async function greet(connection: Connection): Promise<Connection> {
  await connection.initialize(CAPABILITIES);
  const roots = await connection.line(({ method }) => method === 'roots/list');
  await connection.send({ jsonrpc: '2.0', id: roots.message.id, result: ROOTS });
  await connection.line(({ method }) => method === 'notifications/tools/list_changed');
  for (;;) {
    const { result } = await connection.request('tools/list');
    if (result.tools.some(({ name }: { name: string }) => name === 'get-roots-list')) return connection;
  }
}

beforeAll(async () => {
  countersign = await Countersign.start();
  await countersign.consent('everything', process.execPath, PROGRAM);
  direct = await greet(new Connection(process.execPath, PROGRAM));
  // Nobody has reviewed it: it shows everything, and everything would ask.
  client = await greet(countersign.connect('everything'));
  const reviews = await countersign.app.tools.list({ server: 'everything' });
  await countersign.accept(
    'everything',
    Object.fromEntries(
      reviews.map(({ name, definition }) => [
        name,
        JSON.parse(definition).annotations.readOnlyHint ? 'read' : 'external',
      ]),
    ),
  );
});
afterAll(async () => {
  await direct.close();
  await countersign.stop();
});

/** The bytes of the result to the same request, through the relay and without it. */
async function both(method: string, params?: unknown): Promise<[string, string]> {
  const of = async (connection: Connection) => {
    const id = `${method} ${JSON.stringify(params)}`;
    await connection.send({ jsonrpc: '2.0', id, method, params });
    return (await connection.answer(id)).bytes.toString('utf8');
  };
  return [await of(client), await of(direct)];
}

/** Calls a tool that asks, says yes, and gives the answer. */
async function approved(name: string, args: object = {}, more: object = {}): Promise<Message> {
  const id = client.start('tools/call', { name, arguments: args, ...more });
  const ask = await countersign.person.sees();
  expect(ask.subject).toMatchObject({ kind: 'call', server: 'everything', tool: name, class: 'external' });
  await countersign.person.approves(ask);
  return (await client.answer(id)).message;
}

test.each(['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'])(
  '%s is the same through the relay, to the byte',
  async (method) => {
    const [relayed, plain] = await both(method);
    expect(relayed).toBe(plain);
  },
);

test.each([
  ['resources/read', { uri: 'demo://resource/static/document/architecture.md' }],
  ['prompts/get', { name: 'args-prompt', arguments: { city: 'Bern' } }],
  [
    'completion/complete',
    { ref: { type: 'ref/prompt', name: 'completable-prompt' }, argument: { name: 'department', value: 'e' } },
  ],
  ['logging/setLevel', { level: 'debug' }],
  ['ping', {}],
])('%s answers the same, and what carries content is on record', async (method, params) => {
  const [relayed, plain] = await both(method, params);
  expect(relayed).toBe(plain);
  if (method === 'ping' || method === 'logging/setLevel') return;
  const records = (await countersign.records('everything')).filter((record) => record.method === method).slice(-2);
  expect(records.map(({ type }) => type)).toEqual(['intent', 'outcome']);
  expect(JSON.parse(records[0]?.payloadText ?? '')).toEqual(params);
});

test('a resource that the server does not list is asked about, and then answers the same', async () => {
  const params = { uri: 'demo://resource/nowhere' };
  const id = client.start('resources/read', params);
  const ask = await countersign.person.sees();
  expect(ask.subject).toMatchObject({ kind: 'call', class: 'read-sensitive' });
  await countersign.person.approves(ask);
  expect((await client.answer(id)).message.error).toEqual((await direct.request('resources/read', params)).error);
});

test('a prompt that the server does not list is refused', async () => {
  const { error } = await client.request('prompts/get', { name: 'no such prompt' });
  expect(error?.data.code).toBe('NOT_FOUND');
});

test.each([
  ['echo', { message: 'hello' }],
  ['get-annotated-message', { messageType: 'error', includeImage: true }],
  ['get-resource-links', { count: 3 }],
  ['get-structured-content', { location: 'Chicago' }],
  ['get-sum', { a: 0.1, b: 0.2 }],
  ['get-tiny-image', {}],
  ['get-roots-list', {}],
])('reading with %s runs unasked and answers the same', async (name, args) => {
  const [relayed, plain] = await both('tools/call', { name, arguments: args });
  expect(relayed).toBe(plain);
});

test.each([
  ['get-env', {}],
  ['get-resource-reference', { resourceType: 'Blob', resourceId: 2 }],
])('reading with %s runs unasked', async (name, args) => {
  const { result } = await client.call(name, args);
  expect(result.isError).not.toBe(true);
  expect(await countersign.person.open()).toEqual([]);
});

test.each([
  ['gzip-file-as-resource', { name: 'a.gz', data: 'data:text/plain,hello', outputType: 'resource' }],
  ['toggle-simulated-logging', {}],
  ['toggle-subscriber-updates', {}],
])('%s asks, and runs when a person said yes', async (name, args) => {
  const { result } = await approved(name, args);
  expect(result.isError).not.toBe(true);
});

test('log messages reach the client', async () => {
  const { message } = await client.line(({ method }) => method === 'notifications/message');
  expect(message.params.level).toBeTypeOf('string');
  await approved('toggle-simulated-logging');
});

test('progress reaches the client with its own token', async () => {
  const answer = await client.call(
    'trigger-long-running-operation',
    { duration: 0.4, steps: 4 },
    { progressToken: 'mine' },
  );
  expect(answer.result.isError).not.toBe(true);
  const progress = client.lines.filter(({ message }) => message.params?.progressToken === 'mine');
  expect(progress.map(({ message }) => message.params.progress)).toEqual([1, 2, 3, 4]);
});

test('a call that is cancelled half way gets no answer, and its effect is recorded as unknown', async () => {
  const id = client.start('tools/call', {
    name: 'trigger-long-running-operation',
    arguments: { duration: 60, steps: 600 },
    _meta: { progressToken: 'long' },
  });
  await client.line(({ params }) => params?.progressToken === 'long');
  await client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, reason: 'enough' } });
  await client.request('ping');
  expect(client.lines.some(({ message }) => message.id === id && message.method === undefined)).toBe(false);
  const outcome = (await countersign.records('everything')).findLast(({ type }) => type === 'outcome');
  expect(outcome).toMatchObject({ tool: 'trigger-long-running-operation', event: 'unknown', code: 'ASK_WITHDRAWN' });
});

test('a form goes to the client and its answer back to the server', async () => {
  const answered = client
    .line(({ method }) => method === 'elicitation/create')
    .then(({ message }) => {
      expect(message.params.requestedSchema).toBeDefined();
      return client.send({
        jsonrpc: '2.0',
        id: message.id,
        result: { action: 'accept', content: { name: 'Ada', check: true } },
      });
    });
  const { result } = await approved('trigger-elicitation-request');
  await answered;
  expect(JSON.stringify(result.content)).toContain('Ada');
});

test('a link to open goes to the client, as a question or as the error that stands for one', async () => {
  const url = 'https://example.com/connect';
  const from = client.lines.length;
  const answered = client
    .line(({ method }) => method === 'elicitation/create', from)
    .then(({ message }) => {
      expect(message.params).toMatchObject({ mode: 'url', url });
      return client.send({ jsonrpc: '2.0', id: message.id, result: { action: 'decline' } });
    });
  const { result } = await approved('trigger-url-elicitation', { url });
  await answered;
  expect(JSON.stringify(result.content)).toContain('decline');
  const { error } = await approved('trigger-url-elicitation', { url, errorPath: true });
  expect(error).toMatchObject({ code: -32042 });
});

test('a server that wants the client’s model is refused, and can say so', async () => {
  const { result, error } = await approved('trigger-sampling-request', { prompt: 'Say hello.' });
  expect(JSON.stringify(error ?? result)).toContain('Requests of this kind from a server are not passed on');
  expect(client.lines.some(({ message }) => message.method === 'sampling/createMessage')).toBe(false);
  const refused = (await countersign.records('everything')).findLast(({ type }) => type === 'refused');
  expect(refused).toMatchObject({ event: 'from-server', method: 'sampling/createMessage', code: 'METHOD_DENIED' });
});

test('a task is started with a yes, followed, and its result is on record', async () => {
  const { result } = await approved('simulate-research-query', { topic: 'bees' }, { task: { ttl: 60_000 } });
  const { taskId } = result.task;
  const listed = await client.request('tasks/list');
  expect(JSON.stringify(listed.result)).toContain(taskId);
  const { result: done, error } = await client.request('tasks/result', { taskId });
  expect(error).toBeUndefined();
  expect(JSON.stringify(done.content)).toContain('bees');
  const read = (await countersign.records('everything')).findLast(({ type }) => type === 'outcome');
  expect(read).toMatchObject({ method: 'tasks/result', event: 'ok' });
});

test('a session that ends leaves the server no process', async () => {
  const other = countersign.connect('everything');
  await other.initialize();
  const sessions = await countersign.app.servers.sessions();
  expect(sessions.filter(({ server }) => server === 'everything')).toHaveLength(2);
  await other.close();
  const records = await countersign.records('everything');
  expect(records.findLast(({ type }) => type === 'session')).toMatchObject({ event: 'closed' });
});
