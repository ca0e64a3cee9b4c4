import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { openDeviceKeys } from './deviceKeys.ts';
import { memoryKeystore } from './memoryKeystore.ts';

const message = Buffer.from('message');
const unavailable = expect.objectContaining({ refusal: expect.objectContaining({ code: 'KEYCHAIN_UNAVAILABLE' }) });

test('the first start makes the keys, later ones find them', async () => {
  const keystore = memoryKeystore();
  const first = await openDeviceKeys(keystore, nodeCrypto);
  const second = await openDeviceKeys(keystore, nodeCrypto);
  expect(Buffer.from(second.publicKey)).toEqual(Buffer.from(first.publicKey));
  expect(second.mac('row', message)).toEqual(first.mac('row', message));
  const key = createPublicKey({ key: Buffer.from(first.publicKey), format: 'der', type: 'spki' });
  expect(verify(null, message, key, second.sign(message))).toBe(true);
  expect([...keystore.values.keys()].sort()).toEqual(['device-key', 'mac-key']);
});

test('purposes are kept apart, also where one is the beginning of another', async () => {
  const { mac } = await openDeviceKeys(memoryKeystore(), nodeCrypto);
  const macs = [mac('a', Buffer.from('bc')), mac('ab', Buffer.from('c')), mac('abc', Buffer.from(''))];
  expect(new Set(macs.map((one) => Buffer.from(one).toString('hex'))).size).toBe(3);
});

test('a start cut short after the first key goes on', async () => {
  const keystore = memoryKeystore();
  await keystore.set('mac-key', nodeCrypto.random());
  const before = keystore.values.get('mac-key');
  await openDeviceKeys(keystore, nodeCrypto);
  expect(keystore.values.get('mac-key')).toBe(before);
});

test('a lost MAC key, a device key that is none, and a keystore that forgets are refused, not replaced', async () => {
  const lost = memoryKeystore();
  await openDeviceKeys(lost, nodeCrypto);
  lost.values.delete('mac-key');
  await expect(openDeviceKeys(lost, nodeCrypto)).rejects.toEqual(unavailable);
  expect(lost.values.has('mac-key')).toBe(false);

  const broken = memoryKeystore(
    new Map([
      ['device-key', 'AAAA'],
      ['mac-key', nodeCrypto.random()],
    ]),
  );
  await expect(openDeviceKeys(broken, nodeCrypto)).rejects.toEqual(unavailable);

  await expect(openDeviceKeys({ ...memoryKeystore(), get: async () => null }, nodeCrypto)).rejects.toEqual(unavailable);
});
