import { beforeEach, expect, test } from 'vitest';
import type { GrantChoice } from '../../contract/grant.ts';
import { Conversation, defaultVerdict } from './conversation.fixture.ts';

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.greeted();
});

const SAME: GrantChoice = { life: { kind: 'session' }, reach: { kind: 'same' } };
const FOLDER: GrantChoice = { life: { kind: 'uses', uses: 5 }, reach: { kind: 'folder', folder: '/srv/work' } };
const write = async (id: number, path: string) => {
  talk.call(id, 'put', { path, content: 'x' });
  await talk.rest();
};

test('a yes that is also a grant: the same call again runs unasked, and the intent says by which grant', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(SAME);
  await write(2, '/srv/work/a');
  expect(talk.forwarded).toHaveLength(2);
  expect(talk.story).toEqual(['asked call', 'answered approved', 'intent forwarding', 'intent forwarding']);
  const intent = talk.ledger.drafts.findLast(({ type }) => type === 'intent');
  const [grant] = talk.grants.list();
  expect(intent).toMatchObject({ person: 'anna', detail: { decider: 'grant', grant: grant?.id } });
  expect(grant).toMatchObject({ used: 1, person: 'anna' });
});

test('its use is on record before the intent, and the intent before the bytes', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(FOLDER);
  talk.events.length = 0;
  await write(2, '/srv/work/b');
  const order = talk.events.flatMap((event) =>
    event.kind === 'record' ? [`${event.draft.type} ${event.draft.event}`] : event.kind === 'to-server' ? ['sent'] : [],
  );
  expect(order).toEqual(['grant used', 'intent forwarding', 'sent']);
});

test('outside of what was granted a person is asked', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(FOLDER);
  await write(2, '/srv/other/a');
  expect(talk.asks).toHaveLength(1);
  expect(talk.forwarded).toHaveLength(1);
});

test('a rule that wants two people is never met by a grant', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(SAME);
  talk.decide = (question) => ({ ...defaultVerdict(question), approvals: 2 });
  await write(2, '/srv/work/a');
  expect(talk.forwarded).toHaveLength(1);
  expect(talk.asks).toMatchObject([{ approvals: 2 }]);
});

test('what was not on offer cannot be chosen', async () => {
  await write(1, '/srv/work/a');
  await expect(talk.approves({ ...SAME, reach: { kind: 'any' } })).rejects.toMatchObject({
    refusal: { code: 'INPUT_INVALID' },
  });
  await expect(talk.approves({ ...SAME, reach: { kind: 'folder', folder: '/' } })).rejects.toThrow();
  expect(talk.forwarded).toEqual([]);
});

test('before the first review nothing is offered', async () => {
  talk = await Conversation.greeted({ review: false });
  await write(1, '/srv/work/a');
  expect(talk.asks[0]?.subject).not.toHaveProperty('offers');
});

test('a grant whose use cannot be recorded lets nothing through', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(SAME);
  talk.ledger.failing = 'grant';
  await write(2, '/srv/work/a');
  expect(talk.forwarded).toHaveLength(1);
  expect(talk.refusedCode(2)).toBe('AUDIT_UNAVAILABLE');
});

test('five more means five more, however close together they come', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(FOLDER);
  for (let id = 2; id < 9; id += 1) talk.call(id, 'put', { path: '/srv/work/a', content: 'x' });
  await talk.rest();
  expect(talk.forwarded).toHaveLength(6);
  expect(talk.asks).toHaveLength(2);
});

test('it ends with the session', async () => {
  await write(1, '/srv/work/a');
  await talk.approves(SAME);
  talk.clientEnds();
  await talk.rest();
  expect(talk.grants.list()).toEqual([]);
});
