/** Which records of one block have the terms that may be common in it. */
import { BLOCK, PlaceSet } from './placeSet.ts';
import { BEGINNING, beginning, word } from './termQuery.ts';
import { MARK } from './words.ts';

/** Records of a block from which a term is common. */
const COMMON = BLOCK / 512;
/** The first records of a block, by which it is judged what may be common in all of it: most terms come once and never again. */
const JUDGED = BLOCK / 8;
/** One that is common may have been met somewhat less often among those. */
const OFTEN = (COMMON / BLOCK) * JUDGED * 0.75;

export class BlockTally {
  /** Sequences by term: a word or a facet, or with `*` behind it the beginning of a word. */
  #seen = new Map<string, number[]>();
  #judged = false;
  /** The sequence behind the last one; null before the first. */
  next: number | null = null;

  /** The next record and its terms, each once. */
  add(seq: number, terms: readonly string[]): void {
    if (!this.#judged && seq % BLOCK >= JUDGED) this.#judge();
    for (const term of terms) this.#met(term, seq);
    for (const letters of beginnings(terms)) this.#met(`${letters}*`, seq);
    this.next = seq + 1;
  }

  /** The terms, as the index is asked for them, that are common, and their places. */
  common(): [string, PlaceSet][] {
    return [...this.#seen]
      .filter(([, seqs]) => seqs.length >= COMMON)
      .map(([name, seqs]) => [
        (name.endsWith('*') ? beginning(name.slice(0, -1)) : word(name)).term,
        PlaceSet.of(seqs),
      ]);
  }

  #met(name: string, seq: number): void {
    const seqs = this.#seen.get(name);
    if (seqs !== undefined) seqs.push(seq);
    else if (!this.#judged) this.#seen.set(name, [seq]);
  }

  #judge(): void {
    this.#judged = true;
    this.#seen = new Map([...this.#seen].filter(([, seqs]) => seqs.length >= OFTEN));
  }
}

/** The beginnings that the index has for words among these terms; nobody asks for that of a facet. */
function beginnings(terms: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const term of terms) if (term.length >= BEGINNING && !term.startsWith(MARK)) found.add(begun(term));
  return found;
}

/** Its first letters: characters, of which some take two code units. */
function begun(word: string): string {
  const units = word.slice(0, BEGINNING);
  return /[\ud800-\udfff]/.test(units) ? [...word].slice(0, BEGINNING).join('') : units;
}
