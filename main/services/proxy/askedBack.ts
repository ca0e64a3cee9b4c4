import { Newest } from '../newest.ts';

/** Questions taken back whose answers may still come: a client need not answer them (MCP: cancellation). */
const KEPT = 100;

/** A request of the server that went to the client. */
export interface Asked {
  readonly id: string | number;
  /** The id's exact JSON text. */
  readonly idJson: string;
  readonly method: string;
  /** Of the intent that an outcome has to follow; null for what is not recorded. */
  readonly call: string | null;
  readonly startedAt: number;
}

/** Requests of the server that the client has to answer, by id. */
export class AskedBack {
  readonly #open = new Map<string | number, Asked>();
  readonly #takenBack = new Newest<string | number, true>(KEPT);

  has(id: string | number): boolean {
    return this.#open.has(id);
  }

  add(asked: Asked): void {
    this.#takenBack.delete(asked.id);
    this.#open.set(asked.id, asked);
  }

  /** Nobody's answer to it is passed on any more; undefined when it is not open. */
  takeBack(id: string | number): Asked | undefined {
    const asked = this.#open.get(id);
    if (this.#open.delete(id)) this.#takenBack.set(id, true);
    return asked;
  }

  /** Takes the answer to it: what it answers, `late` when that was taken back meanwhile, `none` when it answers nothing. */
  answered(id: string | number): Asked | 'late' | 'none' {
    const asked = this.#open.get(id);
    if (!asked) return this.#takenBack.delete(id) ? 'late' : 'none';
    this.#open.delete(id);
    return asked;
  }

  /** Takes all of them back. */
  end(): Asked[] {
    return [...this.#open.keys()].flatMap((id) => this.takeBack(id) ?? []);
  }
}
