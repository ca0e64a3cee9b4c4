import type { DeviceKeys, KeyCrypto, Keystore, SealedVault, WitnessFile } from './ports.ts';
import { openText, sealText } from './sealedText.ts';

export const PASSCODE_ACCOUNT = 'passcode';
const PURPOSE = 'passcode';
const WITNESS_PURPOSE = 'passcode-witness';

export interface PasscodeStoreDeps {
  readonly keystore: Keystore;
  /** Given when the keystore is the sealed vault: a new passcode seals it anew. */
  readonly vault?: SealedVault | undefined;
  readonly keys: DeviceKeys;
  readonly crypto: KeyCrypto;
  readonly witness: WitnessFile;
}

export interface PasscodeState {
  readonly salt: string;
  /** SHA-256 of the client key, base64: it checks proofs and makes none. */
  readonly stored: string;
  /** Wrong ones in a row. */
  readonly failures: number;
  /** Locked until then, RFC 3339. */
  readonly until: string;
}

interface Kept extends PasscodeState {
  /** Rises with each write. */
  readonly generation: number;
}

/** What the witness remembers: enough to see that the keystore's value was put back, not enough to guess from. */
interface Witnessed extends Pick<Kept, 'generation' | 'failures' | 'until'> {
  /** A fresh salt comes with each passcode, so it tells them apart. */
  readonly salt: string;
}

/**
 * What proofs are checked with and the failure count live in one value, so that neither can be put back without the other.
 * The keystore is written first: an honest witness is never ahead of it. So
 * - keystore's value missing or with a foreign MAC, while a witness of ours says there was one: void;
 * - witness ahead: the keystore was put back. Another salt means an older passcode: void. The same salt: the later, stricter count holds;
 * - witness missing, foreign or behind: the keystore's count holds, and the witness is written anew.
 * Both put back to the same moment is what only the ledger can show: failures are recorded there.
 */
export class PasscodeStore {
  readonly #deps: PasscodeStoreDeps;
  #kept: Kept | undefined;
  #text: string | null = null;
  #generation = 0;
  #void = false;

  private constructor(deps: PasscodeStoreDeps) {
    this.#deps = deps;
  }

  static async open(deps: PasscodeStoreDeps): Promise<PasscodeStore> {
    const store = new PasscodeStore(deps);
    await store.#load();
    return store;
  }

  get standing(): 'set' | 'missing' | 'void' {
    return this.#void ? 'void' : this.#kept === undefined ? 'missing' : 'set';
  }

  /** Undefined unless the standing is `set`. */
  get current(): PasscodeState | undefined {
    return this.#void ? undefined : this.#kept;
  }

  /** The current state, after a look whether the keystore still holds what was written. */
  async reread(): Promise<PasscodeState | undefined> {
    if ((await this.#deps.keystore.get(PASSCODE_ACCOUNT)) !== this.#text) this.#void = true;
    return this.current;
  }

  /** Keeps a new state; `put` stands in for the plain way into the keystore. */
  async write(state: PasscodeState, put?: (text: string) => Promise<void>): Promise<void> {
    const { keystore, keys } = this.#deps;
    const kept: Kept = { ...state, generation: this.#generation + 1 };
    const text = sealText(keys, PURPOSE, kept);
    await (put ? put(text) : keystore.set(PASSCODE_ACCOUNT, text));
    this.#take(kept, text);
    await this.#bearWitness();
  }

  async #load(): Promise<void> {
    const { keystore, keys, crypto, witness } = this.#deps;
    const text = await keystore.get(PASSCODE_ACCOUNT);
    const kept = text === null ? undefined : (openText(keys, crypto, PURPOSE, text) as Kept | undefined);
    const seen = await witness.read();
    const witnessed =
      seen === null ? undefined : (openText(keys, crypto, WITNESS_PURPOSE, seen) as Witnessed | undefined);

    if (kept === undefined) {
      this.#generation = witnessed?.generation ?? 0;
      this.#text = text;
      this.#void = text !== null || witnessed !== undefined;
      return;
    }
    this.#take(kept, text);
    if (witnessed === undefined || witnessed.generation < kept.generation) return this.#bearWitness();
    if (witnessed.generation === kept.generation) return;
    this.#generation = witnessed.generation;
    if (witnessed.salt !== kept.salt) this.#void = true;
    else await this.write({ ...kept, failures: witnessed.failures, until: witnessed.until });
  }

  #take(kept: Kept, text: string | null): void {
    this.#kept = kept;
    this.#text = text;
    this.#generation = kept.generation;
    this.#void = false;
  }

  async #bearWitness(): Promise<void> {
    if (this.#kept === undefined) return;
    const { generation, failures, until, salt } = this.#kept;
    await this.#deps.witness.write(sealText(this.#deps.keys, WITNESS_PURPOSE, { generation, failures, until, salt }));
  }
}
