import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, expect, test } from 'vitest';
import { Refused } from '../../contract/refusal.ts';
import { type DaemonLink, forwardRouter } from './forwardRouter.ts';
import { type Offered, offeredToApproval, offeredToMain } from './offered.ts';

const ASK = '01900000-0000-7000-8000-000000000000';
const ports: { close(): void }[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A window's client over a real MessagePort, in front of a daemon that notes what reaches it. */
function window(
  offered: Offered,
  daemon: Partial<Record<string, unknown>>,
  watch?: (path: string) => void,
): DaemonLink {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  new RPCHandler(forwardRouter(() => daemon as DaemonLink, offered, watch)).upgrade(port1, { context: {} });
  port1.start();
  port2.start();
  return createORPCClient(new RPCLink({ port: port2 }));
}

test('what is offered goes on to the daemon, and its answer comes back', async () => {
  const client = window(offeredToMain, { servers: { list: async () => [] } });
  expect(await client.servers.list()).toEqual([]);
});

test('the main window cannot answer, show or unlock: for it these do not exist', async () => {
  const reached: string[] = [];
  const daemon = {
    asks: { answer: async () => reached.push('answer'), shown: async () => reached.push('shown') },
    passcode: { unlock: async () => reached.push('unlock') },
  };
  const client = window(offeredToMain, daemon);
  const hash = `sha256:${'0'.repeat(64)}`;
  await expect(client.asks.answer({ id: ASK, hash, approve: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(client.asks.shown({ id: ASK })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(client.passcode.unlock({ passcode: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(reached).toEqual([]);
});

test('the approval window is offered what a prompt needs, and tells what came into sight', async () => {
  const seen: string[] = [];
  const daemon = { asks: { shown: async () => ({}) }, servers: { list: async () => [] } };
  const client = window(offeredToApproval, daemon, (path) => seen.push(path));
  await client.asks.shown({ id: ASK });
  await expect(client.servers.list()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(seen).toEqual(['asks.shown']);
});

test('input that does not fit the contract stops here', async () => {
  const reached: string[] = [];
  const client = window(offeredToMain, { servers: { stop: async () => reached.push('stop') } });
  await expect(client.servers.stop({ server: '../../etc' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(reached).toEqual([]);
});

test('while there is no daemon, calls are refused with what to do', async () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const absent = () => {
    throw new Refused('DAEMON_ABSENT');
  };
  new RPCHandler(forwardRouter(absent, offeredToMain)).upgrade(port1, { context: {} });
  port1.start();
  port2.start();
  const client: DaemonLink = createORPCClient(new RPCLink({ port: port2 }));
  await expect(client.servers.list()).rejects.toMatchObject({
    code: 'DAEMON_ABSENT',
    data: { fix: expect.any(String) },
  });
});

test('changes stream through, and end for the daemon when the window goes', async () => {
  const ended = Promise.withResolvers<void>();
  const daemon = {
    daemon: {
      changes: async (_input: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => ended.resolve());
        return (async function* () {
          yield { topic: 'asks' as const };
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        })();
      },
    },
  };
  const client = window(offeredToMain, daemon);
  const changes = await client.daemon.changes();
  expect((await changes.next()).value).toEqual({ topic: 'asks' });
  for (const port of ports.splice(0)) port.close();
  await ended.promise;
});
