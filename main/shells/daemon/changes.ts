import type { ChangeEvent } from '../../contract/status.ts';

/** Hints that something changed, spread to every window, browser and terminal that listens. */
export class Changes {
  readonly #listeners = new Set<(event: ChangeEvent) => void>();

  tell(topic: ChangeEvent['topic'], id?: string): void {
    for (const listener of [...this.#listeners]) listener(id === undefined ? { topic } : { topic, id });
  }

  listen(listener: (event: ChangeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The hints as they come, several of one topic folded into one while the reader is busy. Ends with the signal. */
  async *stream(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent> {
    const waiting = new Map<string, ChangeEvent>();
    let wake = Promise.withResolvers<void>();
    const stop = this.listen((event) => {
      waiting.set(`${event.topic} ${event.id ?? ''}`, event);
      wake.resolve();
    });
    const end = () => wake.resolve();
    signal?.addEventListener('abort', end, { once: true });
    try {
      while (!signal?.aborted) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
        const events = [...waiting.values()];
        waiting.clear();
        yield* events;
      }
    } finally {
      stop();
      signal?.removeEventListener('abort', end);
    }
  }
}
