import { beforeEach, expect, test } from 'vitest';
import { DISK_FIGURES } from '../audit/diskGuard.ts';
import { Conversation } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

const LINE = '{"jsonrpc":"2.0","id":1,"method":"tasks/result","params":{ "taskId":"t\\u0031" }}';
const asks = async (line = LINE) => {
  talk.client(line);
  await talk.rest();
};
const sent = () => talk.toServer.filter(({ method }) => method === 'tasks/result').length;
const refusedCode = () => talk.answer(1)?.error?.data.code;

test('what a task brought is recorded before it is asked for and before it is handed on, each safe from a power cut', async () => {
  await asks();
  talk.server({ id: 1, result: { content: ['done'] } });
  await talk.rest();
  const kinds = talk.events.slice(-7).map((event) => (event.kind === 'record' ? event.draft.type : event.kind));
  expect(kinds).toEqual(['from-client', 'intent', 'synced', 'to-server', 'outcome', 'synced', 'to-client']);
  expect(talk.ledger.drafts.find(({ type }) => type === 'intent')).toMatchObject({
    method: 'tasks/result',
    class: 'read-sensitive',
    rule: { id: 'gate/content' },
  });
  expect(talk.events.find((event) => event.kind === 'to-server' && event.line === LINE)).toBeDefined();
});

test.each([
  ['a key twice', async () => asks(LINE.replace('{ "taskId"', '{ "taskId":"other","taskId"')), 'AMBIGUOUS'],
  [
    'a full disk',
    async () => {
      talk.free = DISK_FIGURES.full - 1;
      await asks();
    },
    'AUDIT_UNAVAILABLE',
  ],
  [
    'little room',
    async () => {
      talk.free = DISK_FIGURES.critical - 1;
      await asks();
    },
    'DISK_LOW',
  ],
  [
    'a kill switch',
    async () => {
      talk.switches.kill({ kind: 'all' }, { person: 'anna', via: 'window' });
      await asks();
    },
    'SWITCHED_OFF',
  ],
  [
    'an intent that cannot be recorded',
    async () => {
      talk.ledger.failing = 'intent';
      await asks();
    },
    'AUDIT_UNAVAILABLE',
  ],
])('%s: refused and recorded, nothing forwarded', async (_, happens, code) => {
  await happens();
  expect(refusedCode()).toBe(code);
  expect(sent()).toBe(0);
  expect(talk.story).toEqual([`refused from-client ${code}`]);
});

test('an intent that does not survive a power cut: refused, nothing forwarded, and closed', async () => {
  talk.ledger.slow = true;
  await asks();
  expect(sent()).toBe(0);
  talk.ledger.flush(false);
  await talk.rest();
  expect(refusedCode()).toBe('AUDIT_UNAVAILABLE');
  expect(sent()).toBe(0);
  expect(talk.story.at(-1)).toBe('outcome not-sent AUDIT_UNAVAILABLE');
});

test('cancelled while the intent goes to the disk: not sent, and said so', async () => {
  talk.ledger.slow = true;
  await asks();
  talk.cancel(1);
  talk.ledger.flush();
  await talk.rest();
  expect(sent()).toBe(0);
  expect(talk.story).toEqual(['intent forwarding', 'outcome not-sent ASK_WITHDRAWN']);
});
