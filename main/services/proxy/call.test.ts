import { beforeEach, expect, test } from 'vitest';
import { DISK_FIGURES } from '../audit/diskGuard.ts';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

const cancel = (id: number) => talk.client({ method: 'notifications/cancelled', params: { requestId: id } });
const refusedCode = (id: number) => talk.answer(id)?.result?._meta['dev.countersign/refusal'].code;

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

test('nobody answers for 45 seconds: refused in words, and a later yes lets one retry of exactly this call through', async () => {
  talk.call(1, 'put', { path: 'a' });
  await talk.rest();
  const asked = talk.asks[0];
  talk.clock.pass(44_999);
  await talk.rest();
  expect(talk.answer(1)).toBeUndefined();
  talk.clock.pass(1);
  await talk.rest();
  expect(refusedCode(1)).toBe('ASK_TIMED_OUT');
  expect(talk.answer(1)?.result.isError).toBe(true);

  await talk.desk.answer(
    { id: asked?.id ?? '', hash: asked?.hash ?? '', approve: true },
    { via: 'window', prove: async () => null },
  );
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
  expect(refusedCode(1)).toBe('ASK_DENIED');
  expect(talk.answer(1)?.result.content[0].text).toContain('Not on a Friday.');
  expect(talk.forwarded).toEqual([]);
});

test('cancelled before it is sent: the ask is withdrawn, nothing is forwarded, nothing is answered', async () => {
  talk.call(1, 'put');
  await talk.rest();
  cancel(1);
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(talk.toServer.at(-1)?.method).toBe('tools/list');
  expect(talk.answer(1)).toBeUndefined();
  expect(talk.story).toEqual(['asked call', 'answered withdrawn', 'refused from-client ASK_WITHDRAWN']);
});

test('cancelled while the intent goes to the disk: recorded as not sent', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.ledger.slow = true;
  await talk.approves();
  cancel(1);
  talk.ledger.flush();
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(talk.story.slice(-2)).toEqual(['intent forwarding', 'outcome not-sent ASK_WITHDRAWN']);
});

test('cancelled after it was sent: what it did is unknown, the server hears of it, a late answer is swallowed', async () => {
  talk.call(1, 'look');
  await talk.rest();
  cancel(1);
  expect(talk.toServer.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 1 } });
  talk.server({ id: 1, result: { content: [] } });
  expect(talk.answer(1)).toBeUndefined();
  expect(talk.story).toEqual(['intent forwarding', 'outcome unknown ASK_WITHDRAWN']);
  talk.call(1, 'look');
  await talk.rest();
  talk.server({ id: 1, result: { content: ['second'] } });
  expect(talk.answer(1)?.result.content).toEqual(['second']);
});

test('an id stays taken after a cancellation until the late answer has come', async () => {
  talk.call(1, 'look');
  await talk.rest();
  cancel(1);
  talk.call(1, 'look');
  expect(talk.answer(1)?.error.data.code).toBe('ID_REFUSED');
});

test('the intent cannot be recorded: refused, nothing forwarded', async () => {
  talk.ledger.failing = 'intent';
  talk.call(1, 'look');
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
});

test('little room is left: reads go on, and nobody is asked about a write that could not be recorded', async () => {
  talk.free = DISK_FIGURES.critical - 1;
  talk.call(1, 'put');
  talk.call(2, 'look');
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(refusedCode(1)).toBe('DISK_LOW');
  expect(talk.forwarded).toHaveLength(1);
  talk.server({ id: 2, result: { content: [] } });
  expect(talk.answer(2)?.result.content).toEqual([]);
});

test('the disk fills up while a person reads: what they allow is not sent', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.free = DISK_FIGURES.critical - 1;
  talk.clock.pass(1000);
  await talk.approves();
  expect(refusedCode(1)).toBe('DISK_LOW');
  expect(talk.forwarded).toEqual([]);
  expect(talk.story).not.toContain('intent forwarding');
});

test('the disk is full: not even a read is sent', async () => {
  talk.free = DISK_FIGURES.full - 1;
  talk.call(1, 'look');
  await talk.rest();
  expect(refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
  expect(talk.forwarded).toEqual([]);
});

test('the intent of a write does not survive a power cut: refused, nothing forwarded, and closed', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.ledger.slow = true;
  await talk.approves();
  expect(talk.forwarded).toEqual([]);
  talk.ledger.flush(false);
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
  expect(talk.story.slice(-2)).toEqual(['refused from-client AUDIT_UNAVAILABLE', 'outcome not-sent AUDIT_UNAVAILABLE']);
});

test('the question cannot be recorded: nobody is asked', async () => {
  talk.ledger.failing = 'asked';
  talk.call(1, 'put');
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
});

test('the outcome cannot be recorded: the result is withheld', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.ledger.failing = 'outcome';
  talk.server({ id: 1, result: { content: ['secret'] } });
  expect(talk.answer(1)?.error.data.code).toBe('RESULT_WITHHELD');
});

test('a write’s result waits until its outcome survives a power cut, and only the first answer counts', async () => {
  talk.call(1, 'put');
  await talk.rest();
  await talk.approves();
  talk.ledger.slow = true;
  talk.server({ id: 1, result: { content: ['first'] } });
  talk.server({ id: 1, result: { content: ['second, never recorded'] } });
  await talk.rest();
  expect(talk.answer(1)).toBeUndefined();
  cancel(1);
  talk.ledger.flush();
  await talk.rest();
  expect(talk.answer(1)?.result.content).toEqual(['first']);
  expect(talk.log).toHaveLength(1);
});

test('the outcome of a write does not survive a power cut: the result is withheld', async () => {
  talk.call(1, 'put');
  await talk.rest();
  await talk.approves();
  talk.ledger.slow = true;
  talk.server({ id: 1, result: { content: [] } });
  talk.ledger.flush(false);
  await talk.rest();
  expect(talk.answer(1)?.error.data.code).toBe('RESULT_WITHHELD');
});

test('the server ends in the middle of a call: an error for the client, unknown in the ledger', async () => {
  talk.call(1, 'look');
  talk.call(2, 'put');
  await talk.rest();
  talk.serverExits();
  await talk.rest();
  expect([talk.answer(1), talk.answer(2)].map((answer) => answer?.error.data.code)).toEqual([
    'SERVER_EXITED',
    'SERVER_EXITED',
  ]);
  expect(talk.asks).toEqual([]);
  expect(talk.hungUp).toBe(true);
  expect(talk.story).toContain('outcome unknown SERVER_EXITED');
  expect(talk.story.filter((entry) => entry.startsWith('intent'))).toHaveLength(1);
});

test('a server that answers a write and ends is still heard', async () => {
  talk.call(1, 'put');
  await talk.rest();
  await talk.approves();
  talk.ledger.slow = true;
  talk.server({ id: 1, result: { content: ['done'] } });
  talk.serverExits();
  await talk.rest();
  expect(talk.hungUp).toBe(false);
  talk.ledger.flush();
  await talk.rest();
  expect(talk.answer(1)?.result.content).toEqual(['done']);
  expect(talk.hungUp).toBe(true);
  expect(talk.story.filter((entry) => entry.startsWith('outcome'))).toEqual(['outcome ok']);
});

test('the session ends while the intent goes to the disk: not sent, and said so', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.ledger.slow = true;
  await talk.approves();
  talk.clientEnds();
  talk.ledger.flush();
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(talk.story.at(-1)).toBe('outcome not-sent ASK_WITHDRAWN');
});

test('a call the server never answers ends as unknown, and the server is told to stop', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.clock.pass(600_000);
  expect(talk.answer(1)?.error.data.code).toBe('SERVER_SILENT');
  expect(talk.toServer.findLast(({ method }) => method !== 'tools/list')).toMatchObject({
    method: 'notifications/cancelled',
    params: { requestId: 1 },
  });
  expect(talk.story.at(-1)).toBe('outcome unknown SERVER_SILENT');
});

test('nobody could answer: refused at once', async () => {
  talk.canAsk = false;
  talk.call(1, 'put');
  await talk.rest();
  expect(refusedCode(1)).toBe('LOOK_ONLY');
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
  expect(refusedCode(1)).toBe('TOOL_HELD');
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
  expect(refusedCode(1)).toBe(code);
  expect(talk.forwarded).toEqual([]);
  expect(talk.story).toEqual([`refused from-client ${code}`]);
});
