import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { duplexPair } from 'node:stream';
import { implement, ORPCError } from '@orpc/server';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { api } from '../../contract/api.ts';
import { framed } from './frames.ts';
import { openApi, serveDoor } from './rpc.ts';

const SERVER = { server: 'files' };

function door() {
  const aborted: string[] = [];
  const started = Promise.withResolvers<void>();
  const build = implement(api).$context<{ peer: string }>();
  const router = {
    servers: {
      stop: build.servers.stop.handler(() => ({})),
      withdraw: build.servers.withdraw.handler(() => {
        throw new ORPCError('CONSENT_NEEDED', { message: 'not yet', data: { why: 'because' } });
      }),
      remove: build.servers.remove.handler(() => {
        throw new Error('/home/person/secret');
      }),
      // Never ends by itself.
      restart: build.servers.restart.handler(({ signal, context }) => {
        started.resolve();
        return new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => {
            aborted.push(context.peer);
            reject(signal.reason);
          });
        });
      }),
      logs: build.servers.logs.handler(() => [
        { seq: 0, at: '2026-11-21T03:17:00.000123Z', stream: 'stderr', text: 'x'.repeat(5_000_000), instance: null },
      ]),
    },
    daemon: {
      changes: build.daemon.changes.handler(async function* ({ signal }) {
        try {
          for (let at = 0; !signal?.aborted; at++) {
            yield { topic: 'servers' as const };
            if (at === 2) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
          }
        } finally {
          aborted.push('changes');
        }
      }),
    },
  };
  return { router, aborted, started: started.promise };
}

function connected() {
  const [near, far] = duplexPair();
  const { router, aborted, started } = door();
  const served = serveDoor(far, router, { peer: 'cli' });
  return { near, far, aborted, started, served, ...openApi(near) };
}

test('a call is answered, with five megabytes too', async () => {
  const { api } = connected();
  expect(await api.servers.stop(SERVER)).toEqual({});
  const [line] = await api.servers.logs(SERVER);
  expect(line?.text).toHaveLength(5_000_000);
});

test('a refusal keeps its code and data; a fault keeps its text to itself', async () => {
  const { api } = connected();
  await expect(api.servers.withdraw(SERVER)).rejects.toMatchObject({
    code: 'CONSENT_NEEDED',
    data: { why: 'because' },
  });
  const fault = await api.servers.remove(SERVER).catch((error) => error);
  expect(fault).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  expect(JSON.stringify(fault) + String(fault)).not.toContain('secret');
});

test('a thousand calls at once each get their own answer', async () => {
  const { api } = connected();
  const calls = Array.from({ length: 1000 }, () => api.servers.stop(SERVER));
  expect(await Promise.all(calls)).toHaveLength(1000);
});

test('a caller’s cancellation reaches the handler', async () => {
  const { api, aborted, started } = connected();
  const cancel = new AbortController();
  const call = api.servers.restart(SERVER, { signal: cancel.signal });
  call.catch(() => {});
  await started;
  cancel.abort();
  await expect(call).rejects.toThrow();
  await expect.poll(() => aborted).toEqual(['cli']);
});

test('events stream until the reader stops, which ends the generator', async () => {
  const { api, aborted } = connected();
  let seen = 0;
  for await (const _ of await api.daemon.changes()) if (++seen === 3) break;
  expect(seen).toBe(3);
  await expect.poll(() => aborted).toEqual(['changes']);
});

test('when the stream ends, waiting calls and iterators settle, handlers are aborted, later calls are refused', async () => {
  const { api, near, far, aborted, started, served, closed } = connected();
  const call = api.servers.restart(SERVER);
  call.catch(() => {});
  await started;
  const events = await api.daemon.changes();
  for (let at = 0; at < 3; at++) await events.next();
  const next = events.next();
  next.catch(() => {});
  far.destroy();
  near.destroy();
  await Promise.all([closed, served.closed]);
  await expect(call).rejects.toMatchObject({ refusal: { code: 'DAEMON_ABSENT' } });
  await expect(next).rejects.toThrow();
  await expect(api.servers.stop(SERVER)).rejects.toMatchObject({ refusal: { code: 'DAEMON_ABSENT' } });
  await expect.poll(() => aborted.sort()).toEqual(['changes', 'cli']);
});

/** One message to a fresh door; what came back until it answered or hung up. */
async function say(bytes: Uint8Array): Promise<string[]> {
  const [near, far] = duplexPair();
  serveDoor(far, door().router, { peer: 'rogue' });
  const answers: string[] = [];
  await new Promise<void>((resolve) => {
    const out = framed(near as Duplex, {
      message(answer) {
        answers.push(String(answer));
        out.end();
      },
      close: () => resolve(),
    });
    out.send(bytes);
  });
  return answers;
}

test('a message that is not exactly a request hangs the connection up', async () => {
  const request = { i: '1', p: { u: '/servers/stop', b: { json: SERVER } } };
  expect(await say(Buffer.from(JSON.stringify(request)))).toHaveLength(1);
  const wrong = [
    null,
    [],
    'x',
    {},
    { ...request, i: 1 },
    { ...request, t: 3, p: { e: 'message' } },
    { i: '1', p: null },
    { i: '1', p: { u: 'http://evil/servers/stop' } },
    { i: '1', p: { u: '/servers/stop?x', b: {} } },
    { i: '1', p: { ...request.p, m: 'GET' } },
    { i: '1', p: { ...request.p, h: { 'content-type': 'text/event-stream' } } },
    { i: '1', p: { ...request.p, b: 'x' } },
  ];
  for (const message of wrong)
    expect(await say(Buffer.from(JSON.stringify(message))), JSON.stringify(message)).toEqual([]);
  expect(await say(Buffer.from('{"i":'))).toEqual([]);
  expect(await say(Buffer.alloc(0))).toEqual([]);
});

test('whatever a request’s body is, the door answers with an error or a result and lives', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom('json', 'meta', 'maps', 'x'), fc.jsonValue()), async (body) => {
      const answers = await say(Buffer.from(JSON.stringify({ i: '1', p: { u: '/servers/stop', b: body } })));
      expect(answers).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
  expect(unhandled).toEqual([]);
});

test('it works over a pipe that a child inherits, as the app and its daemon use it', async () => {
  const script = `
    import { Socket } from 'node:net';
    import { implement } from '@orpc/server';
    import { api } from ${JSON.stringify(join(import.meta.dirname, '../../contract/api.ts'))};
    import { serveDoor } from ${JSON.stringify(join(import.meta.dirname, 'rpc.ts'))};
    const stop = implement(api).servers.stop.handler(() => ({}));
    const door = serveDoor(new Socket({ fd: 3 }), { servers: { stop } }, {});
    door.closed.then(() => process.exit(0));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const { api: remote, close } = openApi(child.stdio[3] as Duplex);
  expect(await remote.servers.stop(SERVER)).toEqual({});
  close();
  expect(await exited).toBe(0);
});
