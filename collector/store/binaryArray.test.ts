import { expect, test } from 'vitest';
import { binaryArray } from './binaryArray.ts';

test('an array is its head, then each element behind its length', () => {
  expect(binaryArray('text', ['aß', '', null]).toString('hex')).toBe(
    [
      // One dimension, with nulls, of text; three elements, the first is number one.
      ...['00000001', '00000001', '00000019', '00000003', '00000001'],
      ...['00000003', '61c39f', '00000000', 'ffffffff'],
    ].join(''),
  );
  expect(binaryArray('bytea', [Uint8Array.of(0, 255)]).toString('hex')).toBe(
    ['00000001', '00000000', '00000011', '00000001', '00000001', '00000002', '00ff'].join(''),
  );
});
