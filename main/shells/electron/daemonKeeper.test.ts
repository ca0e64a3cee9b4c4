import { expect, test } from 'vitest';
import { DaemonKeeper, type KeeperPorts } from './daemonKeeper.ts';
import type { DaemonProcess } from './daemonProcess.ts';

/** A keeper on a clock of its own; `die` ends the daemon that runs. */
function keeping(overrides: Partial<KeeperPorts> = {}) {
  const told: string[] = [];
  let now = 0;
  let started = Promise.withResolvers<(reason: string) => void>();
  const ports: KeeperPorts = {
    async start() {
      const ended = Promise.withResolvers<string>();
      told.push('started');
      started.resolve(ended.resolve);
      started = Promise.withResolvers();
      const stop = async () => ended.resolve('stopped');
      return { pid: 1, ended: ended.promise, stop } as unknown as DaemonProcess;
    },
    adopt: () => new Promise(() => {}),
    lost: (reason, delay) => told.push(`lost: ${reason}, again in ${delay}`),
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
    ...overrides,
  };
  return {
    keeper: new DaemonKeeper(ports),
    told,
    next: () => started.promise,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a daemon that dies is started again, later each time, and not a sixth time within a minute', async () => {
  const { keeper, told, next } = keeping();
  let started = next();
  const run = keeper.run();
  for (let life = 1; life <= 5; life += 1) {
    const die = await started;
    started = next();
    die(`life ${life}`);
  }
  await run;
  expect(told.filter((line) => line !== 'started')).toEqual([
    'lost: life 1, again in 500',
    'lost: life 2, again in 1000',
    'lost: life 3, again in 2000',
    'lost: life 4, again in 4000',
    'lost: life 5, again in null',
  ]);
});

test('a daemon that ran for long starts over with the shortest delay', async () => {
  const { keeper, told, next, pass } = keeping();
  let started = next();
  const run = keeper.run();
  for (const reason of ['first', 'second']) {
    const die = await started;
    started = next();
    pass(61_000);
    die(reason);
  }
  await started;
  await keeper.stop();
  await run;
  expect(told.filter((line) => line.startsWith('lost'))).toEqual([
    'lost: first, again in 500',
    'lost: second, again in 500',
  ]);
});

test('a start that fails counts as a death, with its reason', async () => {
  const { keeper, told } = keeping({
    start: async () => {
      throw new Error('no such program');
    },
  });
  await keeper.run();
  expect(told).toHaveLength(5);
  expect(told.at(-1)).toBe('lost: no such program, again in null');
});

test('a daemon that does not answer is ended and started again', async () => {
  let adoptions = 0;
  const { keeper, told } = keeping({
    adopt: async () => {
      adoptions += 1;
      throw new Error('silence');
    },
  });
  await keeper.run();
  expect(adoptions).toBe(5);
  expect(told.at(-1)).toContain('It does not answer as it should: silence');
});

test('after stop nothing is started', async () => {
  const { keeper, told, next } = keeping();
  const started = next();
  const run = keeper.run();
  await started;
  await keeper.stop();
  await run;
  expect(told).toEqual(['started']);
});
