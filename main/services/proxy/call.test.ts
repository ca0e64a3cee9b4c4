import { beforeEach, expect, test } from 'vitest';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

test('reading runs unasked: intent, bytes, outcome, result', async () => {
  const line = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{ "name":"look","arguments":{"n":1.0e2}} }';
  talk.client(line);
  await talk.rest();
  expect(talk.forwarded).toEqual([line]);
  talk.server({ id: 1, result: { content: [] } });
  expect(talk.answer(1)?.result).toEqual({ content: [] });
  const order = talk.events.slice(-4).map((event) => (event.kind === 'record' ? event.draft.type : event.kind));
  expect(order).toEqual(['intent', 'to-server', 'outcome', 'to-client']);
});

test('writing waits for a person, and the client is kept patient with progress that rises towards 0', async () => {
  talk.call(1, 'put', { path: 'a' }, { progressToken: 'p' });
  await talk.rest();
  talk.clock.pass(12_000);
  const progress = () =>
    talk.toClient.flatMap(({ method, params }) => (method === 'notifications/progress' ? [params] : []));
  expect(progress().map((params) => params.progress)).toEqual([-1, -1 / 2, -1 / 3]);
  expect(progress()[0].progressToken).toBe('p');
  await talk.approves();
  expect(talk.forwarded).toHaveLength(1);
  talk.clock.pass(20_000);
  expect(progress()).toHaveLength(3);
  expect(talk.story).toEqual(['asked call', 'answered approved', 'intent forwarding']);
});

test('nobody answers for 45 seconds: refused in words; asked about again, a yes lets one retry of exactly this call through', async () => {
  talk.call(1, 'put', { path: 'a' });
  await talk.rest();
  const asked = talk.asks[0];
  talk.clock.pass(44_999);
  await talk.rest();
  expect(talk.answer(1)).toBeUndefined();
  talk.clock.pass(1);
  await talk.rest();
  expect(talk.refusedCode(1)).toBe('ASK_TIMED_OUT');
  expect(talk.answer(1)?.result.isError).toBe(true);

  talk.desk.again(asked?.id ?? '', { person: 'anna', via: 'window' });
  await talk.approves();
  talk.call(2, 'put', { path: 'b' });
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  talk.call(3, 'put', { path: 'a' });
  await talk.rest();
  expect(talk.forwarded).toHaveLength(1);
  talk.call(4, 'put', { path: 'a' });
  await talk.rest();
  expect(talk.forwarded).toHaveLength(1);
  expect(talk.asks).toHaveLength(2);
});

test('a no reaches the model with its note', async () => {
  talk.call(1, 'put');
  await talk.rest();
  await talk.denies('Not on a Friday.');
  expect(talk.refusedCode(1)).toBe('ASK_DENIED');
  expect(talk.answer(1)?.result.content[0].text).toContain('Not on a Friday.');
  expect(talk.forwarded).toEqual([]);
});

test('cancelled before it is sent: the ask is withdrawn, nothing is forwarded, nothing is answered', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.cancel(1);
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(talk.toServer.at(-1)?.method).toBe('tools/list');
  expect(talk.answer(1)).toBeUndefined();
  expect(talk.story).toEqual(['asked call', 'answered withdrawn', 'refused from-client ASK_WITHDRAWN']);
});

test('the question cannot be recorded: nobody is asked', async () => {
  talk.ledger.failing = 'asked';
  talk.call(1, 'put');
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(talk.refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
});

test('nobody could answer: refused at once', async () => {
  talk.canAsk = false;
  talk.call(1, 'put');
  await talk.rest();
  expect(talk.refusedCode(1)).toBe('LOOK_ONLY');
});

test('the tool changed while a person read: the yes does not count for what it is now', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.tools = [
    { name: 'look', inputSchema: { type: 'object' } },
    { name: 'put', description: 'Sends.', inputSchema: {} },
  ];
  talk.server({ method: 'notifications/tools/list_changed' });
  talk.answerList();
  await talk.approves();
  expect(talk.refusedCode(1)).toBe('TOOL_HELD');
  expect(talk.forwarded).toEqual([]);
});

test('a policy that fails denies', async () => {
  talk.decide = () => {
    throw new Error('out of memory');
  };
  talk.call(1, 'look');
  await talk.rest();
  expect(talk.answer(1)?.error.data.code).toBe('INTERNAL');
  expect(talk.faults).toHaveLength(1);
  expect(talk.forwarded).toEqual([]);
});

test('before the first review every tool may be asked for, as external', async () => {
  const fresh = await Conversation.greeted({ review: false });
  fresh.call(1, 'look');
  await fresh.rest();
  expect(fresh.asks[0]?.subject).toMatchObject({
    class: 'external',
    reasons: ['Nobody has reviewed this tool yet.', 'It writes.'],
  });
});

test.each([
  ['arguments twice', '{"name":"look","arguments":{},"arguments":{"a":1}}', 'AMBIGUOUS'],
  ['a key in another spelling', '{"name":"look","Arguments":{}}', 'AMBIGUOUS'],
  ['a duplicate deep inside', '{"name":"look","arguments":{"a":{"b":1,"b":2}}}', 'AMBIGUOUS'],
  ['a lone surrogate', '{"name":"look","arguments":{"a":"\\ud800"}}', 'AMBIGUOUS'],
  ['a name that is no string', '{"name":["look"]}', 'INPUT_INVALID'],
  ['arguments that are no object', '{"name":"look","arguments":[1]}', 'INPUT_INVALID'],
])('%s: refused and recorded, nothing forwarded', async (_, params, code) => {
  talk.client(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);
  await talk.rest();
  expect(talk.refusedCode(1)).toBe(code);
  expect(talk.forwarded).toEqual([]);
  expect(talk.story).toEqual([`refused from-client ${code}`]);
});
