import { expect, it } from 'vitest';
import { ManualClock } from '../manualClock.ts';
import { FloodGuard } from './flood.ts';

function setting() {
  const clock = new ManualClock();
  return { clock, guard: new FloodGuard(clock) };
}
const throttled = /nobody is asked again/;

it('lets a session have eight asks open, and no ninth until a person answered', () => {
  const { clock, guard } = setting();
  for (let open = 0; open < 8; open += 1) guard.admit('a', open, open);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
  // One of them timed out: that is no answer.
  clock.pass(45_000);
  expect(() => guard.admit('a', 7, 7)).toThrow(throttled);
  guard.admit('b', 0, 0);
  guard.answered('a');
  guard.admit('a', 7, 7);
});

it('lets a session ask twenty times a minute, however fast they end', () => {
  const { clock, guard } = setting();
  for (let asked = 0; asked < 20; asked += 1) guard.admit('a', 0, 0);
  expect(() => guard.admit('a', 0, 0)).toThrow(throttled);
  clock.pass(60_000);
  guard.admit('a', 0, 0);
});

it('stays shut while something waits, however much time passes', () => {
  const { clock, guard } = setting();
  for (let open = 0; open < 8; open += 1) guard.admit('a', open, open);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
  clock.pass(600_000);
  guard.admit('b', 0, 0);
  expect(() => guard.admit('a', 8, 8)).toThrow(throttled);
});

it('counts all sessions together: sixty a minute, however many they are and however fast they end', () => {
  const { clock, guard } = setting();
  for (let asked = 0; asked < 60; asked += 1) guard.admit(`session ${asked}`, 0, 0);
  expect(() => guard.admit('another', 0, 0)).toThrow(throttled);
  clock.pass(60_000);
  guard.admit('another', 0, 0);
});
