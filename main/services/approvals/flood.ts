import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';

interface Bounds {
  /** Asks that may wait at the same time. */
  readonly open: number;
  /** Asks within a minute; nobody reads more. */
  readonly minute: number;
}
const ONE_SESSION: Bounds = { open: 8, minute: 20 };
/** A program may open as many sessions as it likes, and still there is one person (SECURITY.md rule 20). */
const ALL_SESSIONS: Bounds = { open: 24, minute: 60 };
const MINUTE_MS = 60_000;

/** Keeps sessions from asking more than a person can read, each by itself and all together (PRODUCT.md A4). */
export class FloodGuard {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Asking>();
  #all = new Asking(ALL_SESSIONS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts one more ask of a session that has `open` others waiting, of `openInAll` that wait. Throws
   * `Refused('ASKS_THROTTLED')` when that is too much; from then on every ask is refused until a person answered one, or
   * nothing waits and a minute has passed.
   */
  admit(session: string, open: number, openInAll: number): void {
    const now = this.#clock.monotonic();
    this.#forget(now, session);
    const own = this.#sessions.get(session) ?? new Asking(ONE_SESSION);
    this.#sessions.set(session, own);
    if (own.isTooMuch(now, open)) throw new Refused('ASKS_THROTTLED', `${open} of its asks are open`);
    if (this.#all.isTooMuch(now, openInAll))
      throw new Refused('ASKS_THROTTLED', `${openInAll} asks of all sessions are open`);
    own.count(now);
    this.#all.count(now);
  }

  /** A person answered an ask of this session: it may ask again. */
  answered(session: string): void {
    this.#sessions.delete(session);
    this.#all = new Asking(ALL_SESSIONS);
  }

  /** Sessions that have not asked for a minute need no place, but for the one that asks now. */
  #forget(now: number, session: string): void {
    for (const [id, asking] of this.#sessions) if (id !== session && asking.isQuiet(now)) this.#sessions.delete(id);
  }
}

/** How much was asked of late, and whether it was too much. */
class Asking {
  readonly #bounds: Bounds;
  /** When it asked, within the last minute. */
  #asked: number[] = [];
  #throttled = false;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  isTooMuch(now: number, open: number): boolean {
    this.#asked = this.#asked.filter((at) => now - at < MINUTE_MS);
    if (open === 0 && this.#asked.length === 0) this.#throttled = false;
    if (open >= this.#bounds.open || this.#asked.length >= this.#bounds.minute) this.#throttled = true;
    return this.#throttled;
  }

  count(now: number): void {
    this.#asked.push(now);
  }

  isQuiet(now: number): boolean {
    return now - (this.#asked.at(-1) ?? 0) >= MINUTE_MS;
  }
}
