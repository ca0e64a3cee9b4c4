import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freeSpace } from '../../adapters/files/freeSpace.ts';
import { vaultKeystore } from '../../adapters/keychain/vaultKeystore.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import { Refused } from '../../contract/refusal.ts';
import { changeEvent } from '../../contract/status.ts';
import { DiskGuard } from '../../services/audit/diskGuard.ts';
import { type ChosenKeystore, chooseKeystore } from '../../services/vault/chooseKeystore.ts';
import { memoryKeystore } from '../../services/vault/memoryKeystore.ts';
import type { Keystore, SealedVault } from '../../services/vault/ports.ts';
import { Host } from './host.ts';
import { productFiles } from './productFiles.ts';

const LOCKED = { absent: 'The keyring is locked.', locked: true };

/** A host in a home of its own, whose keystore is what `find` says. */
async function newHost(find: (vault: SealedVault) => Promise<ChosenKeystore>) {
  const home = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const folders = foldersFor({ COUNTERSIGN_HOME: home }, process.platform, false);
  for (const folder of [folders.config, join(folders.config, 'organisation'), join(folders.config, 'policies')])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const folder of [folders.state, folders.logs, folders.runtime]) mkdirSync(folder, { mode: 0o700 });
  const vault = vaultKeystore(join(folders.state, 'vault'));
  const clock = systemClock();
  const opened = vi.fn();
  const host = new Host({
    ...{ folders, product: productFiles(), clock, person: 'me', version: 'test' },
    disk: new DiskGuard(freeSpace(folders.state), clock),
    chosen: await find(vault),
    findKeystore: () => find(vault),
    fault: (error) => {
      throw error;
    },
    opened,
    ended: () => {},
  });
  return { host, folders, opened };
}

test('a keychain that was locked is looked for again, and opened once it is not', async () => {
  const keychain = memoryKeystore();
  let locked = true;
  const { host, opened } = await newHost((vault) => chooseKeystore(locked ? LOCKED : keychain, vault));
  await host.lookForKeys();
  expect(host.keystore().state).toBe('locked');
  expect(opened).not.toHaveBeenCalled();
  locked = false;
  const changed = new Set<string>();
  host.changes.listen(({ topic }) => changed.add(topic));
  await Promise.all([host.lookForKeys(), host.lookForKeys()]);
  expect(host.keystore().state).toBe('ready');
  expect(opened).toHaveBeenCalledOnce();
  // Whatever was asked before was refused: all of it can be had now.
  expect(changed).toEqual(new Set(changeEvent.shape.topic.options));
  // From here on keys stay where they are.
  locked = true;
  await host.lookForKeys();
  expect(host.keystore().state).toBe('ready');
  await host.stop('the test is over');
});

test.runIf(process.platform === 'linux')(
  'what cannot be opened whole is closed again, and opens once it can be',
  async () => {
    const whole = memoryKeystore();
    let gone = true;
    const keychain: Keystore = {
      ...whole,
      async get(account) {
        if (gone && account === 'prompt-mark') throw new Refused('KEYCHAIN_UNAVAILABLE', 'it went away');
        return whole.get(account);
      },
    };
    const { host, folders, opened } = await newHost((vault) => chooseKeystore(keychain, vault));
    await expect(host.open()).rejects.toThrow('it went away');
    expect(openFiles(folders.state)).toEqual([]);
    gone = false;
    await host.open();
    expect(opened).toHaveBeenCalledOnce();
    expect(openFiles(folders.state)).not.toEqual([]);
    await host.stop('the test is over');
    expect(openFiles(folders.state)).toEqual([]);
  },
);

/** What this process holds open below the folder. */
function openFiles(folder: string): string[] {
  return readdirSync('/proc/self/fd')
    .map((descriptor) => {
      try {
        return readlinkSync(join('/proc/self/fd', descriptor));
      } catch {
        // The one that the folder was read through.
        return '';
      }
    })
    .filter((path) => path.startsWith(folder));
}
