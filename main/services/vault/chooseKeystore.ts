import { Refused } from '../../contract/refusal.ts';
import { DEVICE_KEY } from './deviceKeys.ts';
import { checkStrength } from './passcode.ts';
import type { Keystore, NoKeychain, SealedVault } from './ports.ts';

/** Where this device keeps its keys. */
export interface ChosenKeystore {
  readonly keystore: Keystore;
  /** Given when `keystore` is the vault: to unlock it, to make it when there is none, and to seal it anew. */
  readonly vault: SealedVault | undefined;
}

/**
 * The keychain where one is ready; otherwise the vault, which then is locked, or yet to be made with a passcode. Keys
 * stay where they are: a vault that exists is used as long as the keychain does not hold this device's key, and a
 * keychain that is merely locked is waited for. Moving from one to the other would be another device to every witness.
 */
export async function chooseKeystore(keychain: Keystore | NoKeychain, vault: SealedVault): Promise<ChosenKeystore> {
  if (!('absent' in keychain)) {
    const moved = vault.exists() && (await keychain.get(DEVICE_KEY)) === null;
    return moved ? { keystore: vault, vault } : { keystore: keychain, vault: undefined };
  }
  if (keychain.locked && !vault.exists()) return { keystore: lockedKeychain(keychain.absent), vault: undefined };
  return { keystore: explained(vault, keychain.absent), vault };
}

/**
 * Opens the vault, or makes it with this passcode when there is none yet; in that case the passcode itself is still to
 * be set (`Passcode.set`). Throws `Refused`: PASSCODE_WEAK, PASSCODE_WRONG, VAULT_UNREADABLE.
 */
export async function openVault(vault: SealedVault, passcode: string): Promise<'opened' | 'made'> {
  if (vault.exists()) {
    await vault.unlock(passcode);
    return 'opened';
  }
  checkStrength(passcode);
  await vault.create(passcode);
  return 'made';
}

/** The vault, which also says why it is used and how to get a real keychain. */
function explained(vault: SealedVault, why: string): Keystore {
  return {
    get: (account) => vault.get(account),
    set: (account, value) => vault.set(account, value),
    delete: (account) => vault.delete(account),
    list: () => vault.list(),
    state: () => {
      const state = vault.state();
      return { ...state, detail: `${state.detail} ${why}` };
    },
  };
}

function lockedKeychain(why: string): Keystore {
  const refuse = async () => {
    throw new Refused('KEYCHAIN_UNAVAILABLE', why);
  };
  return {
    get: refuse,
    set: refuse,
    delete: refuse,
    list: refuse,
    state: () => ({ kind: 'keychain', state: 'locked', detail: why }),
  };
}
