import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

test('agrees with the host for all bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(text)).toEqual(bytes);
    }),
  );
});

test.each(['A', 'AA', 'AAA', 'AB==', 'A===', '====', 'AA=A', 'AA-_', ' AAAA', 'AAA\n'])(
  'refuses %j, which no encoder gives',
  (text) => {
    expect(fromBase64(text)).toBeNull();
  },
);
