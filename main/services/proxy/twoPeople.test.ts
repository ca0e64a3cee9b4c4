import { beforeEach, expect, test } from 'vitest';
import type { Approver } from '../../contract/second.ts';
import { Conversation, defaultVerdict } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
  talk.decide = (question) => ({ ...defaultVerdict(question), approvals: 2 });
});

const grace = { name: 'Grace', fingerprint: 'f' } as Approver;
const put = async (id: number) => {
  talk.call(id, 'put', { path: '/srv/a' });
  await talk.rest();
};
const second = async () => {
  const [view] = talk.desk.list(false).filter(({ state }) => state === 'second');
  if (!view) throw new Error('Nothing waits for a second person.');
  const { id, hash } = view;
  talk.desk.second({ version: 1, ask: id, hash, key: '', person: 'grace', at: '', deadline: '' }, grace);
  await talk.rest();
};

test('the call is sent after the second yes, and its intent names both people', async () => {
  await put(1);
  await talk.approves();
  expect(talk.forwarded).toHaveLength(0);
  await second();
  expect(talk.forwarded).toHaveLength(1);
  const intent = talk.ledger.drafts.findLast(({ type }) => type === 'intent');
  expect(intent).toMatchObject({ person: 'anna', detail: { second: 'grace', device: 'Grace' } });
});

test('a client that gave up waiting retries, and is told so until the second person has agreed', async () => {
  await put(1);
  await talk.approves();
  talk.clock.pass(45_000);
  await talk.rest();
  expect(talk.story.at(-1)).toBe('refused from-client SECOND_PENDING');
  await put(2);
  expect(talk.story.at(-1)).toBe('refused from-client SECOND_PENDING');
  expect(talk.asks).toHaveLength(0);
  await second();
  await put(3);
  expect(talk.forwarded).toHaveLength(1);
  await put(4);
  expect(talk.asks).toHaveLength(1);
});

test('a session that ends takes its half-approved call along, also once its client has gone on', async () => {
  await put(1);
  await talk.approves();
  talk.clock.pass(45_000);
  await talk.rest();
  talk.clientEnds();
  await talk.rest();
  expect(talk.desk.list(false).map(({ state, note }) => [state, note])).toEqual([
    ['withdrawn', 'Its session is over.'],
  ]);
  expect(talk.ledger.drafts.findLast(({ type }) => type === 'answered')).toMatchObject({ event: 'withdrawn' });
});
