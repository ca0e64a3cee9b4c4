/** Work that serves all who wait for it: one round at a time, and whoever asks during a round is served by the next. */
export class SharedRun {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Settles as a round does that began after this call. */
  run(): Promise<void> {
    // The one that runs may have begun before what the caller did; the one after it has not.
    if (this.#next !== null) return this.#next;
    if (this.#running === null) return this.#start();
    const start = () => this.#start();
    this.#next = this.#running.then(start, start);
    return this.#next;
  }

  /** Resolves when no round runs or waits. */
  async idle(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
  }

  #start(): Promise<void> {
    this.#next = null;
    this.#running = this.#work().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }
}
