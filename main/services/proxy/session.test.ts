import { beforeEach, expect, test } from 'vitest';
import { refusal } from '../../contract/errors.ts';
import { DISK_FIGURES } from '../audit/diskGuard.ts';
import { Conversation } from './conversation.fixture.ts';
import { DEFAULT_LIMITS } from './ports.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

test('a line the gate has no opinion on goes both ways as the same bytes', () => {
  const asked =
    '{ "jsonrpc":"2.0" ,\t"id" : "\\u0031", "method":"resources/list","params":{"x":1.50,"é":"\u2028"},"extra":[]}\r';
  talk.client(asked);
  expect(talk.events.at(-1)).toEqual({ kind: 'to-server', line: asked });
  const answered = '{"result":{"resources":[],"n":123456789012345678901234567890},  "id":"1","jsonrpc":"2.0"}';
  talk.server(answered);
  expect(talk.events.at(-1)).toEqual({ kind: 'to-client', line: answered });
});

test('an id in use is refused, and free again after its answer', () => {
  talk.client({ id: 7, method: 'resources/list' });
  talk.client({ id: 7, method: 'prompts/list' });
  expect(talk.answer(7)?.error.data.code).toBe('ID_REFUSED');
  talk.client({ id: '7', method: 'prompts/list' });
  talk.server({ id: 7, result: {} });
  talk.client({ id: 7, method: 'prompts/list' });
  expect(talk.toServer.slice(-2).map(({ id }) => id)).toEqual(['7', 7]);
});

test('a request without an id is refused, an unknown notification is only recorded', () => {
  talk.client({ method: 'tools/call', params: { name: 'look' } });
  expect(talk.toClient.at(-1)).toMatchObject({ id: null, error: { data: { code: 'ID_REFUSED' } } });
  const answers = talk.toClient.length;
  talk.client({ method: 'notifications/made-up' });
  talk.client({ id: 99, result: {} });
  expect(talk.toClient).toHaveLength(answers);
  expect(talk.story).toEqual([
    'refused from-client ID_REFUSED',
    'refused from-client METHOD_UNKNOWN',
    'refused from-client ID_REFUSED',
  ]);
  expect(talk.forwarded).toEqual([]);
});

test('an unknown method is refused by name', () => {
  talk.client({ id: 1, method: 'tools/rewrite' });
  expect(talk.answer(1)?.error).toMatchObject({
    code: -31036,
    data: { code: 'METHOD_UNKNOWN', detail: 'tools/rewrite' },
  });
});

test('what two parsers could read differently is refused, and answered where an id can be made out', () => {
  talk.client('{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call"}');
  talk.client('{"jsonrpc":"2.0","id":2,"method":"resources/list","Method":"tools/call"}');
  talk.client('{"jsonrpc":"2.0","id":3,"method":"resources/list"}\r{"jsonrpc":"2.0","id":4,"method":"tools/call"}');
  talk.client('not json');
  expect(talk.toClient.slice(-4).map(({ id, error }) => [id, error.data.code])).toEqual([
    [1, 'AMBIGUOUS'],
    [2, 'AMBIGUOUS'],
    [3, 'CARRIAGE_RETURN'],
    [null, 'NOT_JSON'],
  ]);
  expect(talk.toServer.at(-1)?.method).toBe('tools/list');
});

test('a server may not borrow the client’s model, and hears so', () => {
  talk.server({ id: 5, method: 'sampling/createMessage', params: { messages: [], maxTokens: 1 } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, error: { data: { code: 'METHOD_DENIED' } } });
  expect(talk.toClient.some(({ method }) => method === 'sampling/createMessage')).toBe(false);
  expect(talk.story).toEqual(['refused from-server METHOD_DENIED']);
});

test('a server’s question is answered once, by the client', () => {
  talk.server({ id: 5, method: 'roots/list' });
  talk.client({ id: 5, result: { roots: [] } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, result: { roots: [] } });
  const before = talk.toServer.length;
  talk.client({ id: 5, result: { roots: [{ uri: 'file:///etc' }] } });
  expect(talk.toServer).toHaveLength(before);
});

test('what a server prints that is no protocol goes to its log, never to the client', () => {
  const before = talk.toClient.length;
  talk.server('Listening on stdio…');
  talk.server({ id: 1234, result: 'an answer to nothing' });
  talk.server({ method: 'notifications/of-its-own' });
  expect(talk.toClient).toHaveLength(before);
  expect(talk.log).toHaveLength(3);
});

test('an answer that could be read differently becomes an error for the request it answers', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.server('{"jsonrpc":"2.0","id":1,"result":{},"result":{"content":[]}}');
  expect(talk.answer(1)?.error.data).toMatchObject({ code: 'AMBIGUOUS' });
  expect(talk.story).toEqual(['intent forwarding', 'outcome error AMBIGUOUS']);
});

test('an answer longer than any line may be becomes an error for the request it answers', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.server(`{"jsonrpc":"2.0","id":1,"result":{"content":["${'x'.repeat(DEFAULT_LIMITS.serverLine)}"]}}`);
  expect(talk.answer(1)?.error.data).toMatchObject({ code: 'LINE_TOO_LONG' });
  expect(talk.story).toEqual(['intent forwarding', 'outcome error LINE_TOO_LONG']);
});

test('it becomes one, too, when its id comes last, as many servers write it, and at once', async () => {
  talk.call(1, 'look');
  await talk.rest();
  const half = 'x'.repeat(DEFAULT_LIMITS.serverLine / 2);
  for (const part of [`{"result":{"content":["${half}`, half, '"]},"jsonrpc":"2.0","id":1}\n']) talk.serverBytes(part);
  expect(talk.answer(1)?.error.data).toMatchObject({ code: 'LINE_TOO_LONG' });
  expect(talk.story).toEqual(['intent forwarding', 'outcome error LINE_TOO_LONG']);
});

test('what a server asks its client is on record before it goes out, and its answer before it goes back', () => {
  const form = (id: number) =>
    talk.server({ id, method: 'elicitation/create', params: { message: 'Colour?', requestedSchema: {} } });
  const answer = { action: 'accept', content: { colour: 'red' } };
  form(5);
  talk.client({ id: 5, result: answer });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, result: answer });
  expect(talk.story).toEqual(['intent asked-back', 'outcome ok']);
  const [intent, outcome] = talk.ledger.drafts.slice(-2);
  expect(intent).toMatchObject({ method: 'elicitation/create', class: 'read-sensitive', call: outcome?.call });
  const payloads = talk.events.flatMap((event) => (event.kind === 'record' ? [event.payload] : []));
  expect(payloads.slice(-2)).toEqual([expect.stringContaining('Colour?'), JSON.stringify(answer)]);

  form(6);
  talk.ledger.full = true;
  talk.client({ id: 6, result: answer });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 6, error: { data: { code: 'RESULT_WITHHELD' } } });
  form(7);
  expect(talk.toServer.at(-1)).toMatchObject({ id: 7, error: { data: { code: 'AUDIT_UNAVAILABLE' } } });
  expect(talk.toClient.some(({ id }) => id === 7)).toBe(false);
  talk.server({ id: 8, method: 'ping' });
  expect(talk.toClient.at(-1)).toMatchObject({ id: 8 });
});

test('what a server asks its client is refused before the disk is too full to record the answer', () => {
  talk.free = DISK_FIGURES.critical - 1;
  talk.clock.pass(1000);
  talk.server({ id: 5, method: 'elicitation/create', params: { message: 'Colour?', requestedSchema: {} } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, error: { data: { code: 'DISK_LOW' } } });
  expect(talk.toClient.some(({ id }) => id === 5)).toBe(false);
  expect(talk.story).toEqual([]);
});

test('an address that would run something does not reach the client; a plain one does', () => {
  const open = (id: number, url: string) =>
    talk.server({ id, method: 'elicitation/create', params: { mode: 'url', message: 'Sign in', url } });
  open(5, 'javascript:fetch("//evil.example")');
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, error: { data: { code: 'ADDRESS_REFUSED' } } });
  expect(talk.toClient.some(({ id }) => id === 5)).toBe(false);
  open(6, 'https://auth.example.com/authorize');
  expect(talk.toClient.at(-1)).toMatchObject({ id: 6, params: { url: 'https://auth.example.com/authorize' } });
});

test('a question that nobody answered is closed with its session', async () => {
  talk.server({ id: 5, method: 'roots/list' });
  talk.clientEnds();
  await talk.rest();
  expect(talk.story).toEqual(['intent asked-back', 'outcome unknown ASK_WITHDRAWN']);
});

test('a form that asks for a secret does not reach the client, and the server hears why', () => {
  const requestedSchema = { type: 'object', properties: { v: { type: 'string', description: 'Your password' } } };
  talk.server({ id: 5, method: 'elicitation/create', params: { message: 'Go on?', requestedSchema } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 5, error: { data: { code: 'SECRET_ASKED' } } });
  expect(talk.toClient.some(({ method }) => method === 'elicitation/create')).toBe(false);
  expect(talk.story).toEqual(['refused from-server SECRET_ASKED']);
});

test('a question that the server takes back may be asked again under its id; the late answer to it goes nowhere', () => {
  const ask = () => talk.server({ id: 5, method: 'roots/list' });
  const takeBack = () => talk.server({ method: 'notifications/cancelled', params: { requestId: 5 } });
  const answers = () => talk.toServer.filter(({ id }) => id === 5);
  ask();
  takeBack();
  expect(talk.toClient.at(-1)).toMatchObject({ method: 'notifications/cancelled' });
  talk.client({ id: 5, result: { roots: [] } });
  expect(answers()).toEqual([]);
  // Crossing the cancellation is no fault of the client's; a second answer is.
  expect(talk.story).toEqual(['intent asked-back', 'outcome unknown ASK_WITHDRAWN']);
  talk.client({ id: 5, result: { roots: [] } });
  expect(talk.story.at(-1)).toBe('refused from-client ID_REFUSED');
  ask();
  talk.client({ id: 5, result: { roots: [] } });
  expect(answers()).toHaveLength(1);
});

test('a batch is judged one by one and answered as one', async () => {
  const items = [
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'look', arguments: { at: 1 } } },
    { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
    { jsonrpc: '2.0', id: 2, method: 'made/up' },
    { jsonrpc: '2.0', id: 3, method: 'resources/list' },
  ];
  talk.client(JSON.stringify(items));
  await talk.rest();
  talk.server({ id: 3, result: { resources: [] } });
  talk.server({ id: 1, result: { content: [] } });
  const batch = talk.toClient.at(-1) as unknown as { id: number }[];
  expect(batch.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
});

test('a cancellation that names no request cancels none, not even one whose id is empty', () => {
  talk.client({ id: '', method: 'resources/list' });
  talk.client({ method: 'notifications/cancelled', params: {} });
  talk.server({ id: '', result: { resources: [] } });
  expect(talk.answer('')?.result).toEqual({ resources: [] });
});

test('a batch is complete without the answer to what was cancelled', async () => {
  talk.client(
    JSON.stringify([
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'put' } },
      { jsonrpc: '2.0', id: 2, method: 'resources/list' },
    ]),
  );
  await talk.rest();
  talk.cancel(1);
  talk.server({ id: 2, result: { resources: [] } });
  expect(talk.toClient.at(-1)).toEqual([{ jsonrpc: '2.0', id: 2, result: { resources: [] } }]);
});

test('a server that does not answer its first request is given up', async () => {
  const silent = new Conversation();
  silent.clock.pass(60_000);
  silent.client({ id: 1, method: 'initialize', params: {} });
  silent.clock.pass(29_999);
  expect(silent.hungUp).toBe(false);
  silent.clock.pass(1);
  await silent.rest();
  expect(silent.answer(1)?.error.data.code).toBe('SERVER_SILENT');
  expect(silent).toMatchObject({ hungUp: true, stopped: 'it did not answer its first request' });
});

test('ending twice closes once', async () => {
  await Promise.all([talk.session.end(refusal('SERVER_EXITED')), talk.session.end(refusal('SERVER_DISABLED'))]);
  talk.serverExits();
  expect(talk.ledger.drafts.filter(({ type, event }) => type === 'session' && event === 'closed')).toHaveLength(1);
});
