import type { Clock } from './clock.ts';

/** A clock for tests that moves only when told to, and then runs what fell due, in order. */
export class ManualClock implements Clock {
  #ms = 0;
  #timers: { at: number; task: () => void }[] = [];

  now(): string {
    return stamp(this.#ms);
  }
  later(ms: number): string {
    return stamp(this.#ms + ms);
  }
  monotonic(): number {
    return this.#ms;
  }
  after(ms: number, task: () => void): () => void {
    const timer = { at: this.#ms + ms, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }
  /** Moves on by `ms`, running each due task at its time. */
  pass(ms: number): void {
    const end = this.#ms + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#ms = due.at;
      due.task();
    }
    this.#ms = end;
  }
}

function stamp(ms: number): string {
  return new Date(Date.UTC(2026, 0, 1) + ms).toISOString().replace('Z', '000Z');
}
