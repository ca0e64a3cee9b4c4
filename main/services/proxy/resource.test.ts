import { expect, test } from 'vitest';
import { Conversation, defaultVerdict } from './conversation.fixture.ts';

async function talking() {
  const talk = await Conversation.greeted();
  talk.decide = (question) =>
    question.facts.places.within.includes('/root/.ssh')
      ? { ...defaultVerdict(question), decision: 'deny', code: 'POLICY_DENIED', reason: 'Keys.' }
      : defaultVerdict(question);
  const read = async (id: number, params: object) => {
    talk.client({ id, method: 'resources/read', params });
    await talk.rest();
    return talk.toServer.some((message) => message.id === id);
  };
  return { talk, read };
}

test('a resource in a protected place is refused, recorded, and not asked of the server', async () => {
  const { talk, read } = await talking();
  talk.leads = (path) => ({ ...path, written: ['/srv/a'], real: ['/root/.ssh/id'], certain: true });
  expect(await read(1, { uri: 'file:///srv/a' })).toBe(false);
  expect(talk.answer(1)?.error.data.code).toBe('POLICY_DENIED');
  expect(talk.story).toEqual(['refused from-client POLICY_DENIED']);
});

test('any other resource goes on, its intent first', async () => {
  const { talk, read } = await talking();
  expect(await read(1, { uri: 'file:///srv/a' })).toBe(true);
  expect(await read(2, { uri: 'demo://one' })).toBe(true);
  expect(talk.story).toEqual(['intent forwarding', 'intent forwarding']);
});

test('a resource request that cannot be read one way is refused as such', async () => {
  const { talk } = await talking();
  talk.client('{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"a:b","uri":"file:///root/.ssh/id"}}');
  await talk.rest();
  expect(talk.answer(1)?.error.data.code).toBe('AMBIGUOUS');
});

test('what the client cancels while its path is followed is not sent', async () => {
  const { talk } = await talking();
  talk.client({ id: 1, method: 'resources/read', params: { uri: 'file:///srv/a' } });
  talk.client({ method: 'notifications/cancelled', params: { requestId: 1 } });
  await talk.rest();
  expect(talk.toServer.some(({ method }) => method === 'resources/read')).toBe(false);
  expect(talk.story).toEqual(['refused from-client ASK_WITHDRAWN']);
});
