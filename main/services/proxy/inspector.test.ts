import { beforeEach, expect, test } from 'vitest';
import { Inspector } from './inspector.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever was sent
type Message = Record<string, any>;

let inspector: Inspector;
let sent: Message[];

beforeEach(() => {
  inspector = new Inspector('0.1.0');
  sent = [];
  inspector.peer.onData((bytes) => sent.push(JSON.parse(new TextDecoder().decode(bytes))));
});

const says = (message: Message) => {
  inspector.peer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`));
};
const methods = () => sent.map(({ method }) => method);

test('it greets an older server in its way, and pings it', async () => {
  const greeted = inspector.initialize();
  expect(sent[0]).toMatchObject({ method: 'initialize', params: { protocolVersion: '2025-11-25' } });
  says({ id: sent[0]?.id, result: {} });
  await greeted;
  const pinged = inspector.ping();
  expect(methods()).toEqual(['initialize', 'notifications/initialized', 'ping']);
  says({ id: sent[2]?.id, result: {} });
  await pinged;
});

test('a server that knows no initialize is greeted in the new way', async () => {
  const greeted = inspector.initialize();
  says({ id: sent[0]?.id, error: { code: -32022, message: 'unsupported' } });
  await Promise.resolve();
  expect(sent[1]).toMatchObject({
    method: 'server/discover',
    params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
  });
  says({ id: sent[1]?.id, result: {} });
  await greeted;
  void inspector.ping();
  expect(methods().at(-1)).toBe('server/discover');
});

test('what a server asks of it is declined, though it says that it can, so that every tool shows', () => {
  void inspector.initialize();
  expect(Object.keys(sent[0]?.params.capabilities)).toEqual(['roots', 'sampling', 'elicitation']);
  says({ id: 1, method: 'roots/list' });
  says({ id: 'two', method: 'elicitation/create', params: {} });
  says({ method: 'notifications/message', params: {} });
  expect(sent.slice(1)).toEqual([
    { jsonrpc: '2.0', id: 1, result: { roots: [] } },
    { jsonrpc: '2.0', id: 'two', error: { code: -32601, message: 'elicitation/create' } },
  ]);
});

test('a server that ends, before or after it is asked, does not leave it waiting', async () => {
  const greeted = inspector.initialize();
  inspector.peer.end();
  await expect(greeted).rejects.toMatchObject({ refusal: { code: 'SERVER_FAILED', detail: 'the server ended' } });
  await inspector.ping();
});
