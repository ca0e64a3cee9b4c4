import { beforeEach, expect, test } from 'vitest';
import { DISK_FIGURES } from '../audit/diskGuard.ts';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

test('cancelled while the intent goes to the disk: recorded as not sent', async () => {
  talk.call(1, 'put');
  await talk.rest();
  talk.ledger.slow = true;
  await talk.approves();
  talk.cancel(1);
  talk.ledger.flush();
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(talk.story.slice(-2)).toEqual(['intent forwarding', 'outcome not-sent ASK_WITHDRAWN']);
});

test('the intent cannot be recorded: refused, nothing forwarded', async () => {
  talk.ledger.failing = 'intent';
  talk.call(1, 'look');
  await talk.rest();
  expect(talk.forwarded).toEqual([]);
  expect(talk.refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
});

test('little room is left: reads go on, and nobody is asked about a write that could not be recorded', async () => {
  talk.free = DISK_FIGURES.critical - 1;
  talk.call(1, 'put');
  talk.call(2, 'look');
  await talk.rest();
  expect(talk.asks).toEqual([]);
  expect(talk.refusedCode(1)).toBe('DISK_LOW');
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
  expect(talk.refusedCode(1)).toBe('DISK_LOW');
  expect(talk.forwarded).toEqual([]);
  expect(talk.story).not.toContain('intent forwarding');
});

test('the disk is full: not even a read is sent', async () => {
  talk.free = DISK_FIGURES.full - 1;
  talk.call(1, 'look');
  await talk.rest();
  expect(talk.refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
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
  expect(talk.refusedCode(1)).toBe('AUDIT_UNAVAILABLE');
  expect(talk.story.slice(-2)).toEqual(['refused from-client AUDIT_UNAVAILABLE', 'outcome not-sent AUDIT_UNAVAILABLE']);
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
