import { batchLine } from '../../core/mcp/messages.ts';

/** Answers to a legacy batch (revision 2025-03-26): collected, and sent as one batch when the last is there. */
export class BatchAnswers {
  readonly #answers: Uint8Array[] = [];
  readonly #send: (line: Uint8Array) => void;
  #open = 1;

  constructor(send: (line: Uint8Array) => void) {
    this.#send = send;
  }

  /** Expects one more answer; the returned function takes it, or null when there will be none. */
  expect(): (line: Uint8Array | null) => void {
    this.#open += 1;
    return (line) => {
      if (line !== null) this.#answers.push(line);
      this.#close();
    };
  }

  /** All items have been read: a batch of notifications alone is answered with nothing. */
  complete(): void {
    this.#close();
  }

  #close(): void {
    this.#open -= 1;
    if (this.#open === 0 && this.#answers.length > 0) this.#send(batchLine(this.#answers));
  }
}
