import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';

/** Asks of one session that may wait at the same time. */
const MOST_OPEN = 8;
/** Asks of one session within a minute; nobody reads more. */
const MOST_A_MINUTE = 20;
const MINUTE_MS = 60_000;

interface Asking {
  /** When it asked, within the last minute. */
  asked: number[];
  throttled: boolean;
}

/** Keeps one session from asking more than a person can read (PRODUCT.md A4). */
export class FloodGuard {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Asking>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts one more ask of a session that has `open` others waiting. Throws `Refused('ASKS_THROTTLED')` when that is
   * too much; from then on every ask is refused until a person answered one, or nothing waits and a minute has passed.
   */
  admit(session: string, open: number): void {
    const now = this.#clock.monotonic();
    this.#forget(now, session);
    const asking = this.#sessions.get(session) ?? { asked: [], throttled: false };
    asking.asked = asking.asked.filter((at) => now - at < MINUTE_MS);
    if (open === 0 && asking.asked.length === 0) asking.throttled = false;
    if (open >= MOST_OPEN || asking.asked.length >= MOST_A_MINUTE) asking.throttled = true;
    this.#sessions.set(session, asking);
    if (asking.throttled) throw new Refused('ASKS_THROTTLED', `${open} of its asks are open`);
    asking.asked.push(now);
  }

  /** A person answered an ask of this session: it may ask again. */
  answered(session: string): void {
    this.#sessions.delete(session);
  }

  /** Sessions that have not asked for a minute need no place, but for the one that asks now. */
  #forget(now: number, session: string): void {
    for (const [id, { asked }] of this.#sessions)
      if (id !== session && now - (asked.at(-1) ?? 0) >= MINUTE_MS) this.#sessions.delete(id);
  }
}
