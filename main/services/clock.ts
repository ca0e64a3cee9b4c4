/** Time and ids come in as arguments, so that what is decided can be tested (STYLE.md 3). */
export interface Clock {
  /** RFC 3339 UTC with microseconds, never earlier than the one before. */
  now(): string;
  /** `now` plus this many milliseconds, in the same form. */
  later(ms: number): string;
  /** Milliseconds of a clock that does not jump. */
  monotonic(): number;
  /** Runs `task` after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** UUIDv7 (RFC 9562). */
export type NewId = () => string;
