/** Whether the keys of signed heads follow from each other (SECURITY.md rule 19). */
import type { SignedHead } from './ledgerKey.ts';

/** Follows heads in the order they were signed. */
export class KeyChain {
  #epoch = 0;
  #key: string | null = null;
  #first: string | null = null;
  readonly #announced = new Set<string>();
  readonly #epochs: { epoch: number; size: number }[] = [];

  /** False when nothing that was signed before hands over to this head's key. An epoch begins with a key of its own. */
  follow({ epoch, size, key, next }: SignedHead): boolean {
    if (epoch < this.#epoch) return false;
    const begins = epoch > this.#epoch;
    if (!begins && key !== this.#key && !this.#announced.has(key)) return false;
    if (begins) this.#epochs.push({ epoch, size });
    if (begins || key !== this.#key) this.#announced.clear();
    this.#epoch = epoch;
    this.#key = key;
    this.#first ??= key;
    this.#announced.add(next);
    return true;
  }

  /** The very first key, base64: whoever noted it down knows that the beginning was not exchanged. Null before any head. */
  first(): string | null {
    return this.#first;
  }

  /** Each epoch with the size of the first head signed in it. */
  epochs(): readonly { epoch: number; size: number }[] {
    return this.#epochs;
  }
}
