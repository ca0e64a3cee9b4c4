import { expect, test } from 'vitest';
import { secretKeyRule } from './secretKeys.ts';

test('a sentence about a secret is none, words without a full stop may be one', () => {
  expect(secretKeyRule('password', 'The word to log in.')).toBeNull();
  expect(secretKeyRule('password', 'First line\nsecond of them:')).toBeNull();
  expect(secretKeyRule('password', 'correct horse battery staple')).toBe('member-password');
  expect(secretKeyRule('password', 'one two.')).toBe('member-password');
  expect(secretKeyRule('password', 'a sentence.\nand more\n.')).toBe('member-password');
});

test('long values cost no more than short ones', () => {
  const began = performance.now();
  for (const unit of ['a ', 'a: ', '. ', 'a', ' ', 'a\n']) secretKeyRule('password', `${unit.repeat(500_000)}!`);
  expect(performance.now() - began).toBeLessThan(2_000);
});
