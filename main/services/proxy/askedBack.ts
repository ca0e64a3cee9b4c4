import { Newest } from '../newest.ts';

/** Questions taken back whose answers may still come: a client need not answer them (MCP: cancellation). */
const KEPT = 100;

/** Requests of the server that the client has to answer, by id. */
export class AskedBack {
  /** The id's exact JSON text. */
  readonly #open = new Map<string | number, string>();
  readonly #takenBack = new Newest<string | number, true>(KEPT);

  has(id: string | number): boolean {
    return this.#open.has(id);
  }

  add(id: string | number, idJson: string): void {
    this.#takenBack.delete(id);
    this.#open.set(id, idJson);
  }

  /** The server takes its question back. */
  takeBack(id: string | number): void {
    if (this.#open.delete(id)) this.#takenBack.set(id, true);
  }

  /** Takes the answer to it: `open` is to be passed on, `late` crossed its taking back, `none` answers nothing. */
  answered(id: string | number): 'open' | 'late' | 'none' {
    if (this.#open.delete(id)) return 'open';
    return this.#takenBack.delete(id) ? 'late' : 'none';
  }

  /** Ends all of them, and gives their ids as JSON texts: nobody's answer is passed on any more. */
  end(): string[] {
    const ended = [...this.#open];
    for (const [id] of ended) this.takeBack(id);
    return ended.map(([, idJson]) => idJson);
  }
}
