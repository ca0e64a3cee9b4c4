import { expect, test } from 'vitest';
import { askOf, SUBJECTS } from '../link/memory/asks.ts';
import { advance, alike, EMPTY } from './queue.ts';

const [first, second, third] = [askOf(1, SUBJECTS.write), askOf(2, SUBJECTS.external), askOf(3, SUBJECTS.consent)];

test('the longest waiting comes first', () => {
  expect(advance(EMPTY, [third, first, second], null, false)).toMatchObject({ current: first, place: 1, total: 3 });
});

test('what is in sight stays while others come', () => {
  const queue = advance(EMPTY, [second], null, false);
  expect(advance(queue, [first, second], null, false)).toMatchObject({ current: second, place: 1, total: 2 });
});

test('what is in sight says so when it takes a proof by now', () => {
  const queue = advance(EMPTY, [first, second], null, false);
  const needs = { ...first, because: 'Something can drive the screen.' };
  expect(advance(queue, [needs, second], null, false)).toEqual({ ...queue, current: needs });
});

test('after an answer the next comes, without a notice', () => {
  const queue = advance(EMPTY, [first, second, third], null, false);
  expect(advance(queue, [second, third], { ...first, state: 'approved' }, true)).toMatchObject({
    current: second,
    place: 2,
    total: 3,
    notice: null,
  });
});

test('when it is withdrawn, the next says by whom, or why', () => {
  const queue = advance(EMPTY, [first, second], null, false);
  expect(advance(queue, [second], { ...first, state: 'withdrawn' }, false)).toMatchObject({
    current: second,
    notice: 'The client withdrew the request before this one.',
  });
  const settled = { ...first, state: 'withdrawn', note: 'It was settled.' } as const;
  expect(advance(queue, [second], settled, false).notice).toBe(
    'The request before this one was withdrawn. It was settled.',
  );
});

test('the same id with another hash is another question', () => {
  const queue = advance(EMPTY, [first], null, false);
  const changed = { ...first, hash: second.hash };
  expect(advance(queue, [changed], null, false).current).toBe(changed);
});

test('when none is left the sitting is over', () => {
  const queue = advance(EMPTY, [first], null, false);
  expect(advance(queue, [], { ...first, state: 'timed-out' }, false)).toMatchObject({
    current: null,
    place: 0,
    total: 0,
  });
});

test('calls of the same tool from the same session come one after the other', () => {
  const [again, other] = [askOf(4, SUBJECTS.write), askOf(5, { ...SUBJECTS.write, session: 'another' })];
  const waiting = [first, second, other, again];
  expect(alike(first, waiting)).toEqual([again]);
  expect(alike(second, waiting)).toEqual([]);
  const queue = advance(EMPTY, waiting, null, false);
  expect(advance(queue, [second, other, again], { ...first, state: 'approved' }, true).current).toBe(again);
});
