import { expect, test } from 'vitest';
import { Conversation, defaultVerdict, type Message } from './conversation.fixture.ts';

const GREET = { name: 'greet', description: 'Greets.' };

/** A session with a server that lists one resource and one prompt; reviewed unless told. */
async function talking(setting: { review?: boolean } = {}) {
  const talk = new Conversation();
  if (setting.review !== false) talk.review({ look: 'read', put: 'write' });
  const bytes = new TextEncoder().encode(JSON.stringify(GREET));
  talk.catalog.saw('files', 'prompt', [{ name: 'greet', bytes }]);
  if (setting.review !== false) {
    const digest = talk.catalog.digestOf('prompt', bytes) ?? '';
    talk.catalog.accept('files', [{ kind: 'prompt', name: 'greet', digest, class: 'read-sensitive' }], {
      person: 'anna',
      via: 'window',
    });
  }
  talk.client({ id: 'hello', method: 'initialize', params: {} });
  talk.server({ id: 'hello', result: { capabilities: { prompts: {}, resources: {} } } });
  talk.client({ method: 'notifications/initialized' });
  talk.answerList();
  for (const [method, result] of [
    ['prompts/list', { prompts: [GREET] }],
    ['resources/templates/list', { resourceTemplates: [] }],
  ] as const)
    talk.server({ id: talk.toServer.find((message) => message.method === method)?.id, result });
  talk.client({ id: 'list', method: 'resources/list' });
  talk.server({ id: 'list', result: { resources: [{ uri: 'demo://listed', name: 'listed' }] } });
  await talk.rest();
  return talk;
}

/** Whether a request of this method reached the server; a person is not asked, or has not answered yet. */
async function sent(talk: Conversation, id: number, method: string, params: Message): Promise<boolean> {
  talk.client({ id, method, params });
  await talk.rest();
  return talk.toServer.some((message) => message.id === id);
}
const read = (talk: Conversation, id: number, uri: string, more: Message = {}) =>
  sent(talk, id, 'resources/read', { uri, ...more });

test('what the server lists is read unasked, its intent first; any other URI is asked about', async () => {
  const talk = await talking();
  expect(await read(talk, 1, 'demo://listed')).toBe(true);
  expect(talk.story).toEqual(['intent forwarding']);
  expect(await read(talk, 2, 'demo://other')).toBe(false);
  expect(talk.asks[0]?.subject).toMatchObject({
    kind: 'call',
    request: 'resources/read',
    tool: 'demo://other',
    class: 'read-sensitive',
    effect: 'Read the resource demo://other of server files',
    arguments: [{ pointer: '/uri', json: '"demo://other"' }],
  });
  await talk.approves();
  expect(talk.toServer.at(-1)).toMatchObject({ id: 2, params: { uri: 'demo://other' } });
  expect(talk.story).toEqual(['intent forwarding', 'asked call', 'answered approved', 'intent forwarding']);
});

test('a denial is an error with the person’s words, and nothing is asked of the server', async () => {
  const talk = await talking();
  await read(talk, 1, 'demo://other');
  await talk.denies('Not that one.');
  expect(talk.answer(1)?.error.data).toMatchObject({ code: 'ASK_DENIED', detail: 'the person says: Not that one.' });
  expect(talk.toServer.some(({ id }) => id === 1)).toBe(false);
});

test('a yes may hold for the session, for this URI alone, whatever its progress token', async () => {
  const talk = await talking();
  await read(talk, 1, 'demo://other', { _meta: { progressToken: 1 } });
  const { subject } = talk.asks[0] ?? {};
  expect(subject?.kind === 'call' && subject.offers?.reaches).toEqual([{ kind: 'same' }]);
  await talk.approves({ life: { kind: 'session' }, reach: { kind: 'same' } });
  expect(await read(talk, 2, 'demo://other', { _meta: { progressToken: 2 } })).toBe(true);
  expect(await read(talk, 3, 'demo://third')).toBe(false);
  expect(talk.grants.list()).toMatchObject([{ request: 'resources/read', tool: 'demo://other', used: 1 }]);
});

test('a list that has changed makes nothing listed until it is read again', async () => {
  const talk = await talking();
  talk.server({ method: 'notifications/resources/list_changed' });
  expect(await read(talk, 1, 'demo://listed')).toBe(false);
});

test('before any review everything is asked about, and no yes outlives its request', async () => {
  const talk = await talking({ review: false });
  expect(await read(talk, 1, 'demo://listed')).toBe(false);
  expect(await sent(talk, 2, 'prompts/get', { name: 'greet' })).toBe(false);
  expect(talk.asks.map(({ subject }) => subject)).toMatchObject([
    { class: 'read-sensitive', reasons: expect.arrayContaining([expect.stringContaining('Nobody has reviewed')]) },
    { request: 'prompts/get', tool: 'greet' },
  ]);
  expect(talk.asks.every(({ subject }) => subject.kind === 'call' && !subject.offers)).toBe(true);
});

test('a protected place is refused whichever way it is named', async () => {
  const talk = await talking();
  talk.decide = (question) =>
    question.facts.places.within.includes('/root/.ssh')
      ? { ...defaultVerdict(question), decision: 'deny', code: 'POLICY_DENIED', reason: 'Keys.' }
      : defaultVerdict(question);
  talk.leads = (path) => ({ ...path, written: ['/srv/a'], real: ['/root/.ssh/id'], certain: true });
  expect(await read(talk, 1, 'file:///srv/a')).toBe(false);
  expect(talk.answer(1)?.error.data.code).toBe('POLICY_DENIED');
  expect(await sent(talk, 2, 'prompts/get', { name: 'greet', arguments: { path: '/srv/a' } })).toBe(false);
  expect(await sent(talk, 3, 'resources/directory/read', { uri: 'file:///srv/a' })).toBe(false);
  expect(talk.story).toEqual(Array(3).fill('refused from-client POLICY_DENIED'));
});

test('a link that moved while a person read is not what was approved', async () => {
  const talk = await talking();
  await read(talk, 1, 'file:///srv/a');
  talk.leads = (path) => ({ ...path, written: ['/srv/a'], real: ['/root/.ssh/id'], certain: true });
  await talk.approves();
  expect(talk.answer(1)?.error.data.code).toBe('ASK_CHANGED');
});

test('policy may ask about a reviewed prompt and about completing, or deny it', async () => {
  const talk = await talking();
  const ref = { type: 'ref/prompt', name: 'greet' };
  expect(await sent(talk, 1, 'prompts/get', { name: 'greet' })).toBe(true);
  expect(await sent(talk, 2, 'completion/complete', { ref, argument: { name: 'a', value: 'b' } })).toBe(true);
  const actions: unknown[] = [];
  talk.decide = (question) => {
    actions.push(question.action);
    return { ...defaultVerdict({ ...question, class: 'write' }), ...(question.action === 'get_prompt' ? {} : DENY) };
  };
  expect(await sent(talk, 3, 'prompts/get', { name: 'greet' })).toBe(false);
  expect(talk.asks).toHaveLength(1);
  expect(await sent(talk, 4, 'completion/complete', { ref, argument: { name: 'a', value: 'b' } })).toBe(false);
  expect(talk.answer(4)?.error.data.code).toBe('POLICY_DENIED');
  expect(actions).toEqual(['get_prompt', 'complete_prompt']);
});
const DENY = { decision: 'deny', approvals: 0, code: 'POLICY_DENIED' } as const;

test('a request that cannot be read one way is refused as such', async () => {
  const talk = await talking();
  const line = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":${params}}`;
  talk.client(line('{"uri":"a:b","uri":"file:///root/.ssh/id"}'));
  await talk.rest();
  expect(talk.answer(1)?.error.data.code).toBe('AMBIGUOUS');
  talk.client(line('{"uri":"demo://listed","URI":"file:///root/.ssh/id"}').replace('"id":1', '"id":2'));
  await talk.rest();
  expect(talk.answer(2)?.error.data.code).toBe('AMBIGUOUS');
});

test('what the client cancels before it is sent is not sent', async () => {
  const talk = await talking();
  talk.client({ id: 1, method: 'resources/read', params: { uri: 'file:///srv/a' } });
  talk.client({ method: 'notifications/cancelled', params: { requestId: 1 } });
  await talk.rest();
  expect(talk.toServer.some(({ method }) => method === 'resources/read')).toBe(false);
  expect(talk.story.at(-1)).toBe('refused from-client ASK_WITHDRAWN');
});

test('a tool that was reviewed as reading is asked about when its arguments say more', async () => {
  const talk = await talking();
  talk.call(1, 'look', { sql: 'select 1 from t' });
  await talk.rest();
  expect(talk.forwarded).toHaveLength(1);
  talk.call(2, 'look', { sql: 'DROP TABLE t' });
  await talk.rest();
  expect(talk.asks[0]?.subject).toMatchObject({ class: 'external' });
  const { subject } = talk.asks[0] ?? {};
  expect(subject?.kind === 'call' && subject.reasons).toContain(
    'The tool was reviewed as read; DROP in its arguments makes this call external.',
  );
  expect(subject?.kind === 'call' && subject.offers).toBeUndefined();
  await talk.approves();
  expect(talk.ledger.drafts.findLast(({ type }) => type === 'intent')).toMatchObject({ class: 'external' });
});

test('a rule that has become stricter while a person read holds', async () => {
  const talk = await talking();
  talk.call(1, 'put', { path: '/srv/a' });
  await talk.rest();
  talk.decide = (question) => ({ ...defaultVerdict(question), ...DENY, reason: 'After hours.' });
  await talk.approves();
  expect(talk.forwarded).toEqual([]);
  expect(talk.story.at(-1)).toBe('refused from-client POLICY_DENIED');
});
