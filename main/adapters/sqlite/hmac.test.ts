import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmac } from './hmac.ts';

test('is what node says, for keys shorter and longer than a block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 130 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
      expect(Buffer.from(hmac(key, message))).toEqual(createHmac('sha256', key).update(message).digest());
    }),
  );
});

test('a long message is hashed where it lies, to the same', () => {
  for (const length of [4096, 4097, 70_000]) {
    const [key, message] = [randomBytes(32), randomBytes(length)];
    expect(Buffer.from(hmac(key, message))).toEqual(createHmac('sha256', key).update(message).digest());
  }
});

test('RFC 4231, test case 2', () => {
  const digest = hmac(Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?'));
  expect(Buffer.from(digest).toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});
