import { beforeEach, expect, test } from 'vitest';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

test('cancelled after it was sent: what it did is unknown, the server hears of it, a late answer is swallowed', async () => {
  talk.call(1, 'look');
  await talk.rest();
  talk.cancel(1);
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
  talk.cancel(1);
  talk.call(1, 'look');
  expect(talk.answer(1)?.error.data.code).toBe('ID_REFUSED');
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
  talk.cancel(1);
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
