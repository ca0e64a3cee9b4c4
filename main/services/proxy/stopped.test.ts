import { beforeEach, expect, test } from 'vitest';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

const anna = { person: 'anna', via: 'window' };

test('a call in flight is answered at once, cancelled at the server, and recorded as not known', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.switches.kill({ kind: 'all' }, anna);
  expect(talk.answer(1)?.error.data.code).toBe('SWITCHED_OFF');
  expect(talk.toServer.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 1 } });
  expect(talk.story).toEqual(['intent forwarding', 'outcome unknown SWITCHED_OFF']);
  // The answer that comes all the same is nobody's.
  talk.server({ id: 1, result: { content: [] } });
  expect(talk.toClient.filter(({ id }) => id === 1)).toHaveLength(1);
});

test('a call that waits for a person is refused, its prompt is gone, and a late yes lets nothing through', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.switches.kill({ kind: 'session', session: talk.session.id }, anna);
  await talk.rest();
  expect(talk.refusedCode(1)).toBe('SWITCHED_OFF');
  expect(talk.asks).toEqual([]);
  expect(talk.forwarded).toEqual([]);
  expect(talk.story.filter((line) => line.startsWith('refused'))).toEqual(['refused from-client SWITCHED_OFF']);
});

test('a call whose intent is on its way to the disk does not leave any more', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.ledger.slow = true;
  await talk.approves();
  talk.switches.kill({ kind: 'tool', server: 'files', tool: 'put' }, anna);
  talk.ledger.flush();
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(talk.refusedCode(1)).toBe('SWITCHED_OFF');
  expect(talk.story.at(-1)).toBe('outcome not-sent SWITCHED_OFF');
});

test('later calls are refused, whatever policy and grants say; what is not covered goes on', async () => {
  talk.switches.kill({ kind: 'tool', server: 'files', tool: 'look' }, anna);
  talk.call(1, 'look');
  talk.call(2, 'put');
  await talk.rest();
  expect(talk.refusedCode(1)).toBe('SWITCHED_OFF');
  await talk.approves();
  expect(talk.forwarded).toHaveLength(1);
});

test('content is stopped as well; lists and pings are not', async () => {
  talk.switches.kill({ kind: 'client', program: '/usr/bin/client' }, anna);
  talk.client({ id: 1, method: 'resources/read', params: { uri: 'file:///a' } });
  talk.client({ id: 2, method: 'ping' });
  await talk.rest();
  expect(talk.answer(1)?.error.data.code).toBe('SWITCHED_OFF');
  expect(talk.toServer.at(-1)).toMatchObject({ method: 'ping' });
});

test('after a person switched it on again calls run as before', async () => {
  talk.switches.kill({ kind: 'all' }, anna);
  talk.switches.revive({ kind: 'all' }, anna);
  talk.call(1, 'look');
  await talk.rest();
  expect(talk.forwarded).toHaveLength(1);
});

test('what the server asks the client meanwhile is taken back, and asked no more: no answer goes to what is stopped', () => {
  const form = (id: number) =>
    talk.server({ id, method: 'elicitation/create', params: { message: 'Colour?', requestedSchema: {} } });
  form(1);
  expect(talk.toClient.at(-1)).toMatchObject({ id: 1, method: 'elicitation/create' });
  talk.switches.kill({ kind: 'session', session: talk.session.id }, anna);
  expect(talk.toClient.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 1 } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 1, error: { data: { code: 'SWITCHED_OFF' } } });
  const before = talk.toServer.length;
  talk.client({ id: 1, result: { action: 'accept', content: { colour: 'red' } } });
  expect(talk.toServer).toHaveLength(before);
  form(2);
  expect(talk.toClient.some(({ id }) => id === 2)).toBe(false);
  expect(talk.toServer.at(-1)).toMatchObject({ id: 2, error: { data: { code: 'SWITCHED_OFF' } } });
  talk.server({ id: 3, method: 'ping' });
  expect(talk.toClient.at(-1)).toMatchObject({ id: 3, method: 'ping' });

  talk.switches.revive({ kind: 'session', session: talk.session.id }, anna);
  form(4);
  talk.client({ id: 4, result: { action: 'decline' } });
  expect(talk.toServer.at(-1)).toMatchObject({ id: 4, result: { action: 'decline' } });
});
