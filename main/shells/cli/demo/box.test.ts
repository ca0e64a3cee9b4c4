import { expect, test } from 'vitest';
import { paintFor } from '../paint.ts';
import { box, wrap } from './box.ts';

test('a frame holds every line whole', () => {
  expect(box('Asks', ['short', 'a line that is longer'], 16, paintFor(false))).toEqual([
    '╭─ Asks ───────╮',
    '│ short        │',
    '│ a line that  │',
    '│ is longer    │',
    '╰──────────────╯',
  ]);
});

test('a colour goes on after a break, and takes no room', () => {
  const { bad } = paintFor(true);
  expect(wrap(bad('abcd'), 4)).toEqual([bad('abcd')]);
  expect(wrap(bad('abcdef'), 4)).toEqual(['\x1b[31mabcd\x1b[0m', '\x1b[31mef\x1b[39m']);
});

test('words stay whole where a space is near', () => {
  expect(wrap('one two three', 9)).toEqual(['one two', 'three']);
  expect(wrap(`a ${'b'.repeat(60)}`, 40)).toEqual([`a ${'b'.repeat(38)}`, 'b'.repeat(22)]);
});
