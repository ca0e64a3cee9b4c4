import { expect, test } from 'vitest';
import { Passes } from './passes.ts';

function passes() {
  let now = 0;
  const pass = (ms: number) => {
    now += ms;
  };
  return { passes: new Passes(() => now), pass };
}

test('a code becomes a token of its page', () => {
  const { passes: door } = passes();
  const granted = door.redeem(door.issue('approval'));
  expect(granted?.page).toBe('approval');
  expect(door.pageOf(granted?.token ?? '')).toBe('approval');
});

test('a code works once', () => {
  const { passes: door } = passes();
  const code = door.issue('app');
  expect(door.redeem(code)).not.toBeNull();
  expect(door.redeem(code)).toBeNull();
});

test('a code works for a minute', () => {
  const { passes: door, pass } = passes();
  const [early, late] = [door.issue('app'), door.issue('app')];
  pass(59_999);
  expect(door.redeem(early)).not.toBeNull();
  pass(1);
  expect(door.redeem(late)).toBeNull();
});

test('a code is no token, and a guess is neither', () => {
  const { passes: door } = passes();
  const code = door.issue('app');
  expect(door.pageOf(code)).toBeNull();
  expect(door.redeem('guess')).toBeNull();
});

test('only so many are kept', () => {
  const { passes: door } = passes();
  const first = door.issue('app');
  for (let count = 0; count < 64; count += 1) door.issue('app');
  expect(door.redeem(first)).toBeNull();
});
