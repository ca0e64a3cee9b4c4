import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import type { RequestParts } from './requests.ts';
import { listen } from './server.ts';

const OPTIONS = { host: '127.0.0.1', port: 0, tls: null, behindProxy: false, metricsPort: null };
const PARTS = { router: {}, console: '/nowhere' } as unknown as RequestParts;

test('whoever neither sends nor takes anything is let go', async () => {
  const server = await listen(OPTIONS, PARTS, createMetrics(), { idleMs: 20 });
  const socket = connect(server.port, '127.0.0.1');
  await once(socket.resume(), 'close');
  await server.close();
});

test('there are only so many connections', async () => {
  const server = await listen(OPTIONS, PARTS, createMetrics(), { mostConnections: 1 });
  const first = connect(server.port, '127.0.0.1');
  await once(first, 'connect');
  const second = connect(server.port, '127.0.0.1');
  await once(second.resume(), 'close');
  first.end('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(String((await once(first, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
  await server.close();
});

test('beyond loopback there is TLS, or nothing', async () => {
  await expect(listen({ ...OPTIONS, host: '0.0.0.0' }, PARTS, createMetrics())).rejects.toThrow('needs TLS');
});
