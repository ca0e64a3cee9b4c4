import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { vaultKeystore } from './vaultKeystore.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  file = join(folder, 'vault');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** In place of scrypt where a test opens hundreds of vaults. */
const quick = async (passcode: string, salt: Buffer) => createHash('sha256').update(passcode).update(salt).digest();
const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

test('values survive the process that wrote them, for whoever knows the passcode', async () => {
  const vault = vaultKeystore(file);
  expect(vault.state()).toMatchObject({ kind: 'none', state: 'absent' });
  await expect(vault.get('a')).rejects.toEqual(refused('KEYCHAIN_UNAVAILABLE'));
  await expect(vault.unlock('correct horse')).rejects.toEqual(refused('KEYCHAIN_UNAVAILABLE'));
  await vault.create('correct horse');
  await vault.set('secret/T', 'välue');
  await vault.set('b', '2');
  expect(vault.state()).toMatchObject({ kind: 'vault', state: 'ready' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file).includes('välue')).toBe(false);

  const later = vaultKeystore(file);
  expect(later.state()).toMatchObject({ kind: 'vault', state: 'locked' });
  for (const access of [
    later.get('b'),
    later.set('b', '3'),
    later.delete('b'),
    later.list(),
    later.reseal('x', 'b', '3'),
  ]) {
    await expect(access).rejects.toEqual(refused('VAULT_LOCKED'));
  }
  await expect(later.unlock('wrong horse')).rejects.toEqual(refused('PASSCODE_WRONG'));
  await later.unlock('correct horse');
  expect(await later.list()).toEqual(['secret/T', 'b']);
  expect([await later.get('secret/T'), await later.get('none')]).toEqual(['välue', null]);
  expect([await later.delete('b'), await later.delete('b'), await later.list()]).toEqual([true, false, ['secret/T']]);
});

test('a passcode is the same however the keyboard composes it', async () => {
  await vaultKeystore(file).create('schlüssel');
  await vaultKeystore(file).unlock('schlu\u0308ssel');
});

test('a vault is never made over another', async () => {
  await vaultKeystore(file, quick).create('correct horse');
  const before = readFileSync(file);
  await expect(vaultKeystore(file, quick).create('another one')).rejects.toEqual(refused('INPUT_INVALID'));
  expect(readFileSync(file)).toEqual(before);
});

test('another passcode and a value take effect together', async () => {
  const vault = vaultKeystore(file, quick);
  await vault.create('correct horse');
  await vault.set('a', '1');
  await vault.reseal('battery staple', 'passcode', 'hash');
  await expect(vaultKeystore(file, quick).unlock('correct horse')).rejects.toEqual(refused('PASSCODE_WRONG'));
  const later = vaultKeystore(file, quick);
  await later.unlock('battery staple');
  expect([await later.get('a'), await later.get('passcode')]).toEqual(['1', 'hash']);
});

test('changes made at once are all kept', async () => {
  const vault = vaultKeystore(file, quick);
  await vault.create('correct horse');
  await Promise.all(Array.from({ length: 20 }, (_, at) => vault.set(`a${at}`, String(at))));
  const later = vaultKeystore(file, quick);
  await later.unlock('correct horse');
  expect(await later.list()).toHaveLength(20);
});

test('every flipped byte, every cut and every addition is refused', async () => {
  const vault = vaultKeystore(file, quick);
  await vault.create('correct horse');
  await vault.set('secret/T', 'value');
  const whole = readFileSync(file);
  const attempt = (bytes: Buffer) => {
    writeFileSync(file, bytes);
    return vaultKeystore(file, quick)
      .unlock('correct horse')
      .then(
        () => 'opened',
        (error) => error.refusal.code,
      );
  };
  for (let at = 0; at < whole.length; at++) {
    for (const bit of [0x01, 0x80]) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ bit;
      expect(await attempt(flipped), `byte ${at}`).toMatch(at < 20 ? /^VAULT_UNREADABLE$/ : /^PASSCODE_WRONG$/);
    }
  }
  for (let length = 0; length < whole.length; length++) {
    expect(await attempt(whole.subarray(0, length)), `${length} bytes`).toMatch(/^(VAULT_UNREADABLE|PASSCODE_WRONG)$/);
  }
  expect(await attempt(Buffer.concat([whole, Buffer.from([0])]))).toBe('PASSCODE_WRONG');
  expect(await attempt(whole)).toBe('opened');
});
