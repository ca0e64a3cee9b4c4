/** The sealed vault: a keystore in one file, for machines without a keychain (PRODUCT.md K1). */
import { existsSync, readFileSync } from 'node:fs';
import { Refused } from '../../contract/refusal.ts';
import type { KeystoreState } from '../../contract/secret.ts';
import type { SealedVault } from '../../services/vault/ports.ts';
import { writeWhole } from '../files/write.ts';
import { stretch } from './crypto.ts';
import { newSalt, saltOf, seal, unseal } from './vaultFormat.ts';

type Derive = (passcode: string, salt: Buffer) => Promise<Buffer>;

/**
 * A vault at `file` (0600), closed until `unlock` or `create`. While it is open its values and the derived key are in
 * memory; each change is written whole before it counts. Locked, every access is `Refused('VAULT_LOCKED')`; with no
 * file, KEYCHAIN_UNAVAILABLE. Guesses are not counted here: whoever can try them can also copy the file, and what slows
 * them down is scrypt.
 */
export function vaultKeystore(file: string, derive: Derive = stretch): SealedVault {
  return new Vault(file, derive);
}

interface Opened {
  readonly key: Buffer;
  readonly salt: Buffer;
  readonly values: ReadonlyMap<string, string>;
}

class Vault implements SealedVault {
  readonly #file: string;
  readonly #derive: Derive;
  #opened: Opened | undefined;
  /** Changes wait for each other, so that none is lost. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(file: string, derive: Derive) {
    this.#file = file;
    this.#derive = derive;
  }

  exists(): boolean {
    return existsSync(this.#file);
  }

  state(): KeystoreState {
    if (this.#opened) {
      return { kind: 'vault', state: 'ready', detail: `A vault file sealed with the passcode: ${this.#file}.` };
    }
    if (this.exists()) {
      return { kind: 'vault', state: 'locked', detail: `The vault file ${this.#file} waits for the passcode.` };
    }
    return { kind: 'none', state: 'absent', detail: 'No keychain, and no vault yet: choose a passcode to make one.' };
  }

  async create(passcode: string): Promise<void> {
    await this.#inTurn(async () => {
      if (this.exists()) throw new Refused('INPUT_INVALID', `there is a vault at ${this.#file} already`);
      await this.#seal(passcode, new Map());
    });
  }

  async unlock(passcode: string): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.exists()) throw this.#closed();
      const bytes = readFileSync(this.#file);
      const salt = saltOf(bytes);
      if (salt === undefined) throw new Refused('VAULT_UNREADABLE', this.#file);
      const key = await this.#derive(passcode, salt);
      const values = unseal(key, bytes);
      if (values === undefined) throw new Refused('PASSCODE_WRONG', `or ${this.#file} was altered`);
      this.#opened = { key, salt, values };
    });
  }

  async reseal(passcode: string, account: string, value: string): Promise<void> {
    await this.#inTurn(() => this.#seal(passcode, new Map(this.#values()).set(account, value)));
  }

  async get(account: string): Promise<string | null> {
    await this.#turn;
    return this.#values().get(account) ?? null;
  }

  async set(account: string, value: string): Promise<void> {
    await this.#inTurn(() => this.#keep(new Map(this.#values()).set(account, value)));
  }

  async delete(account: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const values = new Map(this.#values());
      if (!values.delete(account)) return false;
      await this.#keep(values);
      return true;
    });
  }

  async list(): Promise<string[]> {
    await this.#turn;
    return [...this.#values().keys()];
  }

  #values(): ReadonlyMap<string, string> {
    if (!this.#opened) throw this.#closed();
    return this.#opened.values;
  }

  #closed(): Refused {
    return this.exists() ? new Refused('VAULT_LOCKED') : new Refused('KEYCHAIN_UNAVAILABLE');
  }

  async #seal(passcode: string, values: ReadonlyMap<string, string>): Promise<void> {
    const salt = newSalt();
    await this.#write({ key: await this.#derive(passcode, salt), salt, values });
  }

  async #keep(values: ReadonlyMap<string, string>): Promise<void> {
    const { key, salt } = this.#opened as Opened;
    await this.#write({ key, salt, values });
  }

  async #write(next: Opened): Promise<void> {
    await writeWhole(this.#file, seal(next.key, next.salt, next.values));
    this.#opened = next;
  }

  async #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(task);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
