/**
 * Finding many short words in one pass over a text (Aho and Corasick, 1975), so that the time does not depend on
 * how many there are. Case of ASCII letters is ignored, and code units above 127 are folded together: a hit is
 * a place to look at, not yet a match.
 */
export class KeywordScanner {
  /** Code unit (folded to a byte) → column of the table. */
  readonly #columns = new Uint8Array(256);
  /** State × column → next state. */
  readonly #next: Int32Array;
  readonly #width: number;
  /** State → the words that end there. */
  readonly #ends: (readonly { word: number; length: number }[] | undefined)[];

  /** Takes words of one code unit or more; a hit names its word by its place in this list. */
  constructor(words: readonly string[]) {
    const folded = words.map((word) => Array.from({ length: word.length }, (_, at) => fold(word.charCodeAt(at))));
    let width = 1;
    for (const unit of folded.flat()) {
      if (this.#columns[unit] === 0) {
        this.#columns[unit] = width;
        width += 1;
      }
    }
    this.#width = width;
    const states = 1 + folded.reduce((sum, word) => sum + word.length, 0);
    const table = new Int32Array(states * width);
    const ends: { word: number; length: number }[][] = [[]];
    folded.forEach((units, word) => {
      let state = 0;
      for (const unit of units) {
        const cell = state * width + (this.#columns[unit] ?? 0);
        if (table[cell] === 0) table[cell] = ends.push([]) - 1;
        state = table[cell] ?? 0;
      }
      ends[state]?.push({ word, length: units.length });
    });
    this.#next = table.subarray(0, ends.length * width);
    connect(this.#next, width, ends);
    this.#ends = ends.map((list) => (list.length === 0 ? undefined : list));
  }

  /** Calls back for each word that may be at `start`, in the order of their ends; `true` for an answer stops. */
  scan(text: string, found: (word: number, start: number) => boolean): void {
    const next = this.#next;
    const width = this.#width;
    const columns = this.#columns;
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      state = next[state * width + (columns[fold(text.charCodeAt(at))] ?? 0)] ?? 0;
      if (state === 0) continue;
      const ends = this.#ends[state];
      if (ends !== undefined) for (const { word, length } of ends) if (found(word, at + 1 - length)) return;
    }
  }
}

function fold(unit: number): number {
  if (unit > 127) return 128 | (unit & 127);
  return unit > 64 && unit < 91 ? unit + 32 : unit;
}

/** Turns the trie into the automaton: where a word breaks off, go on with the longest ending that begins another. */
function connect(next: Int32Array, width: number, ends: { word: number; length: number }[][]): void {
  const fail = new Int32Array(ends.length);
  const queue: number[] = [];
  for (let column = 0; column < width; column += 1) if (next[column]) queue.push(next[column] ?? 0);
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const back = fail[state] ?? 0;
    ends[state]?.push(...(ends[back] ?? []));
    for (let column = 0; column < width; column += 1) {
      const cell = state * width + column;
      const child = next[cell] ?? 0;
      const other = next[back * width + column] ?? 0;
      if (child === 0) next[cell] = other;
      else {
        fail[child] = other;
        queue.push(child);
      }
    }
  }
}
