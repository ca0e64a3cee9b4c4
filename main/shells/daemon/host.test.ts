import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freeSpace } from '../../adapters/files/freeSpace.ts';
import { vaultKeystore } from '../../adapters/keychain/vaultKeystore.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import { DiskGuard } from '../../services/audit/diskGuard.ts';
import { chooseKeystore } from '../../services/vault/chooseKeystore.ts';
import { memoryKeystore } from '../../services/vault/memoryKeystore.ts';
import { Host } from './host.ts';
import { productFiles } from './productFiles.ts';

const LOCKED = { absent: 'The keyring is locked.', locked: true };

test('a keychain that was locked is looked for again, and opened once it is not', async () => {
  const home = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const folders = foldersFor({ COUNTERSIGN_HOME: home }, process.platform, false);
  for (const folder of [folders.config, join(folders.config, 'organisation'), join(folders.config, 'policies')])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const folder of [folders.state, folders.logs, folders.runtime]) mkdirSync(folder, { mode: 0o700 });
  const vault = vaultKeystore(join(folders.state, 'vault'));
  const keychain = memoryKeystore();
  let locked = true;
  const find = () => chooseKeystore(locked ? LOCKED : keychain, vault);
  const clock = systemClock();
  let opened = 0;
  const host = new Host({
    ...{ folders, product: productFiles(), clock, person: 'me', version: 'test' },
    disk: new DiskGuard(freeSpace(folders.state), clock),
    chosen: await find(),
    findKeystore: find,
    fault: (error) => {
      throw error;
    },
    opened: () => {
      opened += 1;
    },
    ended: () => {},
  });
  await host.lookForKeys();
  expect([host.keystore().state, opened]).toEqual(['locked', 0]);
  locked = false;
  await Promise.all([host.lookForKeys(), host.lookForKeys()]);
  expect([host.keystore().state, opened]).toEqual(['ready', 1]);
  // From here on keys stay where they are.
  locked = true;
  await host.lookForKeys();
  expect(host.keystore().state).toBe('ready');
  await host.stop('the test is over');
});
