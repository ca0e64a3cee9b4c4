/**
 * Finding many short words in one pass over a text, so that the time hardly depends on how many there are. Every word
 * of two letters or more covers three letters that begin at an even place; so only those are looked up, each look
 * independent of the one before (an automaton of Aho and Corasick, tried first, takes three times as long because
 * each of its steps waits for the last). Case of ASCII letters is ignored, and code units above 127 are folded
 * together: a hit is a place to look at, not yet a match. Looks at bytes, which is far quicker than at a string.
 */
export class KeywordScanner {
  /** Three letters, five bits each → place in `#lists`; 0 for none. */
  readonly #cells = new Uint16Array(1 << 15);
  readonly #lists: (readonly Candidate[])[] = [[]];

  /** Takes words of one code unit or more; a hit names its word by its place in this list. */
  constructor(words: readonly string[]) {
    const cells = new Map<number, Candidate[]>();
    words.forEach((text, word) => {
      const units = unitsOf(text).map(lowered);
      for (const back of [0, units.length > 1 ? 1 : -1]) {
        for (const cell of cellsOf(units, back)) {
          const list = cells.get(cell) ?? [];
          cells.set(cell, list);
          list.push({ word, units, back });
        }
      }
    });
    for (const [cell, list] of cells) {
      this.#cells[cell] = this.#lists.push(list.sort((a, b) => b.back - a.back)) - 1;
    }
  }

  /**
   * Calls back for each word that may be at `start`, in the order of their beginnings; `true` for an answer stops.
   * Takes a text as `unitsOf` gives it; bytes of ASCII are that already.
   */
  scan(units: Uint8Array, found: (word: number, start: number) => boolean): void {
    const cells = this.#cells;
    const whole = units.length - 2;
    let at = 0;
    for (; at < whole; at += 2) {
      const cell = (((units[at] ?? 0) & 31) << 10) | (((units[at + 1] ?? 0) & 31) << 5) | ((units[at + 2] ?? 0) & 31);
      if (cells[cell] !== 0 && this.#look(units, at, cell, found)) return;
    }
    for (; at < units.length; at += 2) {
      const cell = (((units[at] ?? 0) & 31) << 10) | (((units[at + 1] ?? 0) & 31) << 5);
      if (cells[cell] !== 0 && this.#look(units, at, cell, found)) return;
    }
  }

  #look(text: Uint8Array, at: number, cell: number, found: (word: number, start: number) => boolean): boolean {
    for (const { word, units, back } of this.#lists[this.#cells[cell] ?? 0] ?? []) {
      if (isAt(units, text, at - back) && found(word, at - back)) return true;
    }
    return false;
  }
}

/** Each code unit of a text as one byte, those above 127 folded together. */
export function unitsOf(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    units[at] = unit > 127 ? 128 | unit : unit;
  }
  return units;
}

/** A word that may begin `back` code units before the place of its cell. */
interface Candidate {
  readonly word: number;
  readonly units: Uint8Array;
  readonly back: number;
}

/** The cells under which a word is found; a letter beyond its ends may be any. */
function cellsOf(units: Uint8Array, back: number): number[] {
  let cells = [0];
  for (let at = back; at < back + 3; at += 1) {
    const unit = units[at];
    const letters = unit === undefined ? Array.from({ length: 32 }, (_, letter) => letter) : [unit & 31];
    cells = cells.flatMap((cell) => letters.map((letter) => (cell << 5) | letter));
  }
  return cells;
}

function isAt(word: Uint8Array, text: Uint8Array, start: number): boolean {
  if (start < 0 || start + word.length > text.length) return false;
  for (let at = 0; at < word.length; at += 1) if (lowered(text[start + at] ?? 0) !== word[at]) return false;
  return true;
}

function lowered(unit: number): number {
  return unit > 64 && unit < 91 ? unit + 32 : unit;
}
