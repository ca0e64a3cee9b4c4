import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BACKOFF, backoff } from './backoff.ts';
import { instanceStanding, STARTING } from './instance.ts';
import { afterStart, NO_STARTS, type Starts, waitBeforeStart } from './starts.ts';

function crash(starts: Starts, startedAt: number, at = startedAt + 10): Starts {
  return afterStart(starts, { kind: 'crashed', startedAt, at, random: 0 });
}

test('the wait stays between half a second and a minute, and grows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (crashes, random) => {
        const wait = backoff(crashes, random);
        expect(wait).toBeGreaterThanOrEqual(BACKOFF.first);
        expect(wait).toBeLessThanOrEqual(BACKOFF.most);
        expect(backoff(crashes + 1, random)).toBeGreaterThanOrEqual(wait);
      },
    ),
  );
  expect(backoff(0, 0.5)).toBe(0);
});

test('a server that never fell starts at once', () => {
  expect(waitBeforeStart(NO_STARTS, 1000)).toBe(0);
});

test('after a crash the next start waits, and then may go', () => {
  const starts = crash(NO_STARTS, 1000);
  expect(waitBeforeStart(starts, 1010)).toBe(500);
  expect(waitBeforeStart(starts, 1510)).toBe(0);
});

test('the sixth crash within a minute is failure, until a person restarts', () => {
  let starts = NO_STARTS;
  for (let i = 0; i < 5; i++) starts = crash(starts, i * 1000);
  expect(waitBeforeStart(starts, 70_000)).toBe(0);
  starts = crash(starts, 5000);
  expect(waitBeforeStart(starts, 1_000_000)).toBeNull();
  expect(waitBeforeStart(afterStart(starts, { kind: 'reset' }), 1_000_000)).toBe(0);
});

test('crashes far apart never fail, and a steady run starts the row anew', () => {
  let starts = NO_STARTS;
  for (let i = 0; i < 20; i++) starts = crash(starts, i * 100_000, i * 100_000 + 61_000);
  expect(starts.failed).toBe(false);
  expect(starts.inARow).toBe(1);
});

test('an instance that was asked to stop is stopped, one that was not has failed', () => {
  const ready = instanceStanding(STARTING, { kind: 'answered' });
  expect(ready).toEqual({ state: 'ready', reason: null });
  const stopping = instanceStanding(ready, { kind: 'stopping', reason: 'The client left' });
  expect(instanceStanding(stopping, { kind: 'answered' })).toEqual(stopping);
  expect(instanceStanding(stopping, { kind: 'exited', reason: 'code 0' })).toMatchObject({
    state: 'stopped',
    reason: 'The client left',
  });
  const fallen = instanceStanding(ready, { kind: 'exited', reason: 'code 3' });
  expect(fallen).toEqual({ state: 'failed', reason: 'code 3' });
  expect(instanceStanding(fallen, { kind: 'answered' })).toEqual(fallen);
});
