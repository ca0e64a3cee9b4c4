/** When two keys of one object are the same to some reader: exactly, by case, or by Unicode normalisation. */
import { normalForm } from '../../contract/normalForm.ts';

const ASCII = /^[\0-\x7f]*$/;
/** Up to this many keys, comparing each with each is quicker than a set. */
const FEW = 8;

/**
 * The form in which keys are compared: equal for keys that differ only by case (as case-insensitive parsers see
 * them) or by NFC or NFKC (UAX #15), and for some that differ in more marks on one letter than anybody writes.
 */
export function foldKey(key: string): string {
  if (ASCII.test(key)) return key.toLowerCase();
  return normalForm(normalForm(key, 'NFKC').toLowerCase().toUpperCase().toLowerCase(), 'NFKC');
}

/** The member of `known` (folded, as written) that `key` resembles without being it, or null. */
export function variantOf(key: string, known: ReadonlySet<string>): string | null {
  if (known.has(key)) return null;
  const folded = foldKey(key);
  return known.has(folded) ? folded : null;
}

/** The keys of one object as they come, and whether a new one clashes with an earlier. */
export class KeySet {
  readonly #keys: string[] = [];
  #byFold: Map<string, string> | null = null;

  /** Adds `key`, `ascii` when it is known to have nothing else; what is wrong with it in words, or null. */
  add(key: string, ascii: boolean): string | null {
    const earlier = this.#clash(key, ascii);
    if (earlier === undefined) return null;
    return earlier === key
      ? `the key ${JSON.stringify(key)} occurs twice`
      : `the keys ${JSON.stringify(earlier)} and ${JSON.stringify(key)} differ only by case or normalisation`;
  }

  #clash(key: string, ascii: boolean): string | undefined {
    if (this.#byFold === null) {
      if (ascii && this.#keys.length < FEW) {
        // In ASCII, folding keeps the length, so nearly every comparison ends there.
        for (const earlier of this.#keys) {
          if (earlier.length === key.length && earlier.toLowerCase() === key.toLowerCase()) return earlier;
        }
        this.#keys.push(key);
        return undefined;
      }
      this.#byFold = new Map(this.#keys.map((earlier) => [foldKey(earlier), earlier]));
    }
    const folded = ascii ? key.toLowerCase() : foldKey(key);
    const earlier = this.#byFold.get(folded);
    if (earlier === undefined) this.#byFold.set(folded, key);
    return earlier;
  }
}
