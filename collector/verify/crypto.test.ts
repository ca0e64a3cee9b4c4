import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmac, sha256, signingKey, verifySignature } from './crypto.ts';

test('hashes are those of the host', () => {
  const message = randomBytes(300);
  expect(sha256(message)).toEqual(createHash('sha256').update(message).digest());
  for (const length of [0, 1, 32, 63, 64]) {
    const key = randomBytes(length);
    expect(hmac(key, message)).toEqual(createHmac('sha256', key).update(message).digest());
  }
  expect(hmac(Buffer.alloc(32), 'text')).toEqual(createHmac('sha256', Buffer.alloc(32)).update('text').digest());
  expect(() => hmac(randomBytes(65), message)).toThrow(RangeError);
});

test('a signature holds under its key alone', () => {
  const pair = generateKeyPairSync('ed25519');
  const { publicKey, sign: own } = signingKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  const message = Buffer.from('checkpoint');
  expect(verifySignature(publicKey, message, own(message))).toBe(true);
  expect(verifySignature(publicKey, Buffer.from('another'), own(message))).toBe(false);
  expect(verifySignature(randomBytes(32), message, own(message))).toBe(false);
  expect(verifySignature(randomBytes(3), message, sign(null, message, pair.privateKey))).toBe(false);
});

test('no other kind of key cosigns', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(() => signingKey(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())).toThrow('Ed25519');
});
