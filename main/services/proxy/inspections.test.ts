import { expect, test } from 'vitest';
import { Refused } from '../../contract/errors.ts';
import { ManualClock } from '../manualClock.ts';
import { Inspections } from './inspections.ts';
import type { Peer } from './ports.ts';
import type { Sessions } from './sessions.ts';

/** A server that answers the gate's own client as the test says, and counts how often it was started. */
function open(answers: (method: string) => object | null = () => ({ result: {} })) {
  const clock = new ManualClock();
  const world = { starts: 0, ended: [] as string[], faults: [] as unknown[], exit: () => {}, tools: Promise.resolve() };
  const sessions = {
    prepare: async () => {
      world.starts += 1;
      await Promise.resolve();
      return {
        attach: (peer: Peer) => {
          world.exit = () => peer.end();
          peer.onData((bytes) => {
            const { id, method } = JSON.parse(new TextDecoder().decode(bytes));
            const answer = id === undefined ? null : answers(method);
            if (answer) peer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`));
          });
          const end = async ({ code }: { code: string }) => {
            world.ended.push(code);
            peer.end();
          };
          return { listsRead: () => world.tools, end };
        },
      };
    },
  } as unknown as Sessions;
  const inspections = new Inspections({
    sessions,
    clock,
    version: '0.1.0',
    pid: 1,
    changed: () => {},
    fault: (error) => world.faults.push(error),
  });
  const rest = () => new Promise((resolve) => setImmediate(resolve));
  return { inspections, clock, world, rest };
}

test('starting twice at once starts once', async () => {
  const { inspections, world } = open();
  await Promise.all([inspections.start('notes'), inspections.start('notes')]);
  await inspections.start('notes');
  expect(world.starts).toBe(1);
});

test('after a stop it can be started again', async () => {
  const { inspections, world, rest } = open();
  await inspections.start('notes');
  inspections.stop('notes');
  await rest();
  await inspections.start('notes');
  expect(world).toMatchObject({ starts: 2, ended: ['SERVER_EXITED'] });
});

test('a server that ends while it is looked at was not started, and why is kept', async () => {
  const { inspections, world, rest } = open();
  const read = Promise.withResolvers<void>();
  world.tools = read.promise;
  const started = inspections.start('notes');
  await rest();
  world.exit();
  read.resolve();
  await expect(started).rejects.toBeInstanceOf(Refused);
  expect(inspections.lastFailure('notes')).toContain('it ended while it was looked at');
});

test('a server that answers neither greeting is ended', async () => {
  const { inspections, world } = open(() => ({ error: { code: -32601, message: 'what?' } }));
  await expect(inspections.start('notes')).rejects.toMatchObject({
    refusal: { code: 'SERVER_FAILED', detail: 'what?' },
  });
  expect(world.ended).toEqual(['SERVER_FAILED']);
});

test('one that answers pings lives on; one that stops answering is ended after ten seconds', async () => {
  let alive = true;
  const { inspections, clock, world, rest } = open(() => (alive ? { result: {} } : null));
  await inspections.start('notes');
  for (let round = 0; round < 3; round++) {
    clock.pass(30_000);
    await rest();
  }
  expect(world.ended).toEqual([]);
  alive = false;
  clock.pass(39_999);
  await rest();
  expect(world.ended).toEqual([]);
  clock.pass(1);
  await rest();
  expect(world.ended).toEqual(['SERVER_SILENT']);
  expect(inspections.lastFailure('notes')).toBe('It stopped answering pings.');
});
