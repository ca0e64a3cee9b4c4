import { expect, test } from 'vitest';
import { downstreamIds, originOf } from './origin.ts';
import { encodeUtf8 } from './utf8.ts';

test.each([
  [
    'Claude Code',
    { 'claudecode/toolUseId': 'toolu_01' },
    { ids: { 'claudecode/toolUseId': 'toolu_01' }, toolUse: 'toolu_01' },
  ],
  [
    'Codex, as text',
    { callId: 'c1', threadId: 't1', 'x-codex-turn-metadata': '{"turn_id":"u1","model":"gpt-6","cwd":"/home"}' },
    { ids: { callId: 'c1', threadId: 't1', 'x-codex-turn-metadata/turn_id': 'u1' }, model: 'gpt-6' },
  ],
  ['Codex, as an object', { 'x-codex-turn-metadata': { model: 'gpt-6' } }, { ids: {}, model: 'gpt-6' }],
  [
    'VS Code',
    { 'vscode.conversationId': 'v1', 'vscode.requestId': 'r1', traceparent: '00-0af7-b7ad-01' },
    { ids: { 'vscode.conversationId': 'v1', 'vscode.requestId': 'r1', traceparent: '00-0af7-b7ad-01' }, model: null },
  ],
  ['opencode', { 'ai.opencode/sessionID': 's1' }, { ids: { 'ai.opencode/sessionID': 's1' } }],
])('what %s says of a call', (_, meta, expected) => {
  expect(originOf(meta)).toMatchObject(expected);
});

test.each([
  [undefined],
  [null],
  ['text'],
  [[1]],
  [{ callId: {}, threadId: 'x'.repeat(201) }],
  [{ 'x-codex-turn-metadata': '{' }],
])('nothing is made of %j', (meta) => {
  expect(originOf(meta)).toEqual({ ids: {}, model: null, toolUse: null });
});

const idsIn = (result: unknown) => downstreamIds(encodeUtf8(JSON.stringify(result)));

test('ids of requests further down are found by their names', () => {
  expect(
    idsIn({
      content: [{ type: 'text', text: '{"requestId":"inside a text"}' }],
      structuredContent: {
        data: { request_id: 'req-1', id: 7 },
        headers: { 'x-amzn-RequestId': 'amzn-2', 'CF-Ray': 'ray' },
      },
      _meta: { traceId: '0af7', count: 3 },
    }),
  ).toEqual({ request_id: 'req-1', 'x-amzn-RequestId': 'amzn-2', 'CF-Ray': 'ray', traceId: '0af7' });
});

test('a server that gives ids without end gives sixteen', () => {
  const rows = Array.from({ length: 100 }, (_, at) => ({ [`request${'_'.repeat(at)}id`]: `id-${at}` }));
  expect(Object.keys(idsIn({ rows }))).toHaveLength(16);
  let deep: unknown = { requestId: 'too deep' };
  for (let level = 0; level < 10; level += 1) deep = { deep };
  expect(idsIn(deep)).toEqual({});
});

test.each([
  'requestId',
  'x-request-id',
  'X_REQUEST_ID_',
  'x-amz-request-id',
  'x-ms-request-id',
  'x-github-request-id',
  'cf-ray',
  'correlation_id',
  'X-Correlation-ID',
  'trace-id',
  'traceparent',
])('%s is such a name, written tightly or loosely', (name) => {
  const result = { structuredContent: { [name]: 'one' } };
  expect(idsIn(result)).toEqual({ [name]: 'one' });
  expect(downstreamIds(encodeUtf8(JSON.stringify(result, null, 2).replaceAll(':', ' :')))).toEqual({ [name]: 'one' });
});

test('what is no JSON, and what is long, is not looked into', () => {
  expect(downstreamIds(encodeUtf8('{"requestId": "one"'))).toEqual({});
  expect(idsIn({ requestId: 'one', text: 'x'.repeat(65_536) })).toEqual({});
});
