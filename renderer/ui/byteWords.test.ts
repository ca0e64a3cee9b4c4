import { expect, test } from 'vitest';
import { byteWords } from './byteWords.ts';

test('sizes are read at a glance', () => {
  expect([0, 1, 999, 1000, 3449, 12_300_000, 2e9].map(byteWords)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 KB',
    '3.4 KB',
    '12 MB',
    '2.0 GB',
  ]);
});
