import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import { vaultKeystore } from '../../adapters/keychain/vaultKeystore.ts';
import { provePasscode } from '../../contract/passcodeProof.ts';
import { ManualClock } from '../manualClock.ts';
import { chooseKeystore, openVault } from './chooseKeystore.ts';
import { openDeviceKeys } from './deviceKeys.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import { openPasscode } from './passcode.ts';

const NONE = { absent: 'There is no bus. Install gnome-keyring.', locked: false };
const LOCKED = { absent: 'The keyring is locked.', locked: true };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'choose-'));
  file = join(folder, 'vault');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a keychain that is ready is used', async () => {
  const keychain = memoryKeystore();
  expect(await chooseKeystore(keychain, vaultKeystore(file))).toEqual({ keystore: keychain, vault: undefined });
});

test('without one: nothing, until a passcode makes the vault, which is found again and says what it is', async () => {
  const first = await chooseKeystore(NONE, vaultKeystore(file));
  expect(first.keystore.state()).toMatchObject({
    kind: 'none',
    state: 'absent',
    detail: expect.stringMatching(/passcode.*gnome-keyring/),
  });
  await expect(openDeviceKeys(first.keystore, nodeCrypto)).rejects.toMatchObject({
    refusal: { code: 'KEYCHAIN_UNAVAILABLE' },
  });
  await first.vault?.create('correct horse');
  const keys = await openDeviceKeys(first.keystore, nodeCrypto);

  const later = await chooseKeystore(NONE, vaultKeystore(file));
  expect(later.keystore.state()).toMatchObject({
    kind: 'vault',
    state: 'locked',
    detail: expect.stringContaining('gnome-keyring'),
  });
  await later.vault?.unlock('correct horse');
  expect(Buffer.from((await openDeviceKeys(later.keystore, nodeCrypto)).publicKey)).toEqual(
    Buffer.from(keys.publicKey),
  );
});

test('a weak passcode makes no vault; a good one makes it once and opens it later', async () => {
  const vault = vaultKeystore(file);
  await expect(openVault(vault, '1234567')).rejects.toMatchObject({ refusal: { code: 'PASSCODE_WEAK' } });
  expect(vault.exists()).toBe(false);
  expect(await openVault(vault, 'correct horse')).toBe('made');
  expect(await openVault(vaultKeystore(file), 'correct horse')).toBe('opened');
  await expect(openVault(vaultKeystore(file), 'x')).rejects.toMatchObject({ refusal: { code: 'PASSCODE_WRONG' } });
});

test('a new passcode opens the vault and proves itself; the old one does neither', async () => {
  const { keystore, vault } = await chooseKeystore(NONE, vaultKeystore(file));
  await vault?.create('correct horse');
  const keys = await openDeviceKeys(keystore, nodeCrypto);
  const witness = { read: async () => null, write: async () => {} };
  const deps = { keys, crypto: nodeCrypto, hashes: proofHashes, clock: new ManualClock(), witness };
  const passcode = await openPasscode({ ...deps, keystore, vault });
  await passcode.set('correct horse');
  await passcode.set('battery staple');

  const later = await chooseKeystore(NONE, vaultKeystore(file));
  await expect(later.vault?.unlock('correct horse')).rejects.toMatchObject({ refusal: { code: 'PASSCODE_WRONG' } });
  await later.vault?.unlock('battery staple');
  const again = await openPasscode({ ...deps, ...later });
  const bound = { id: 'ask', hash: 'what it shows' };
  const tell = async (said: string) =>
    again.prove(await provePasscode(proofHashes, said, again.challenge(bound.id), bound), bound);
  await tell('battery staple');
  await expect(tell('correct horse')).rejects.toMatchObject({ refusal: { code: 'PASSCODE_WRONG' } });
});

test('keys stay where they are when a keychain appears or is locked for a while', async () => {
  await vaultKeystore(file).create('correct horse');
  const empty = await chooseKeystore(memoryKeystore(), vaultKeystore(file));
  expect(empty.keystore.state().kind).toBe('vault');

  const keychain = memoryKeystore(new Map([['device-key', 'x']]));
  expect((await chooseKeystore(keychain, vaultKeystore(file))).keystore).toBe(keychain);

  expect((await chooseKeystore(LOCKED, vaultKeystore(file))).keystore.state().kind).toBe('vault');
});

test('a locked keychain is waited for, not replaced by a vault', async () => {
  const { keystore, vault } = await chooseKeystore(LOCKED, vaultKeystore(file));
  expect([vault, keystore.state()]).toEqual([undefined, { kind: 'keychain', state: 'locked', detail: LOCKED.absent }]);
  await expect(keystore.get('device-key')).rejects.toMatchObject({ refusal: { code: 'KEYCHAIN_UNAVAILABLE' } });
});
