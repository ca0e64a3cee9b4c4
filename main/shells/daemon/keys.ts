import { join } from 'node:path';
import { keytarKeystore } from '../../adapters/keychain/keytarKeystore.ts';
import { vaultKeystore } from '../../adapters/keychain/vaultKeystore.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import { type ChosenKeystore, chooseKeystore } from '../../services/vault/chooseKeystore.ts';

/**
 * Finds where this device's keys live. A daemon of its own folder (`COUNTERSIGN_HOME`) has its own items in the
 * keychain, so that trying things out never touches the person's.
 */
export async function openKeystore(folders: Folders, ownHome: boolean): Promise<ChosenKeystore> {
  const service = ownHome ? `Countersign ${folders.home}` : 'Countersign';
  return chooseKeystore(await keytarKeystore(service), vaultKeystore(join(folders.state, 'vault')));
}
