import { expect, test } from 'vitest';
import { leadingOut, socketFilter } from './filter.ts';

test('displays, session managers and buses are told by the length of their names; usual lengths are left alone', () => {
  expect(leadingOut([])).toEqual([20, 21, 23]);
  // 16 and 28 bytes are the addresses of the Internet; a longer name than a path can be is none.
  expect(leadingOut(['/tmp/.ICE-unix/4711', 'x'.repeat(13), 'y'.repeat(25), 'z'.repeat(200)])).toEqual([
    20, 21, 22, 23,
  ]);
});

test('a processor whose system calls are not known has no filter', () => {
  expect(socketFilter([20], 'mips')).toBeNull();
  expect(socketFilter([20], 'arm64')?.length).toBe(socketFilter([20], 'x64')?.length);
});
