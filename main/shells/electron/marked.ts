import type { Doors } from './doors.ts';

/** This installation's mark in words, for native dialogs: asked for over the approval door, and remembered when the daemon is gone. */
export class KnownMark {
  readonly #doors: Doors;
  #words: string | null = null;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  /** Null while nobody could tell yet: no daemon has answered, or its vault is locked. */
  async words(): Promise<string | null> {
    try {
      this.#words = (await this.#doors.approval().proof.mark()).words.join(' ');
    } catch {
      // Whoever asks is about to show a dialog: that must not fail for want of a mark.
    }
    return this.#words;
  }
}

/** The text of a native dialog with the mark below it: a picture cannot be drawn there, words can. */
export function marked(text: string, words: string | null): string {
  return words === null ? text : `${text}\n\nYour mark: ${words}`;
}
