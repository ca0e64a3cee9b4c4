import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';

/** Proposals that may wait for a person at the same time. */
const MOST_OPEN = 40;
/** Proposals within a minute, whatever became of them: a program may withdraw its own. */
const MOST_A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Keeps programs on the control socket from burying a person under questions about loosening (PRODUCT.md A4). */
export class ProposalFlood {
  readonly #clock: Clock;
  readonly #isOpen: (ask: string) => boolean;
  /** When each was made: those that are open, and those of the last minute. */
  readonly #made = new Map<string, number>();

  constructor(clock: Clock, isOpen: (ask: string) => boolean) {
    this.#clock = clock;
    this.#isOpen = isOpen;
  }

  /** Throws `Refused('ASKS_THROTTLED')` while there are too many; nothing is counted then. */
  admit(): void {
    const now = this.#clock.monotonic();
    let open = 0;
    let recent = 0;
    for (const [ask, at] of this.#made) {
      const waits = this.#isOpen(ask);
      if (waits) open += 1;
      if (now - at < MINUTE_MS) recent += 1;
      else if (!waits) this.#made.delete(ask);
    }
    if (open >= MOST_OPEN || recent >= MOST_A_MINUTE)
      throw new Refused(
        'ASKS_THROTTLED',
        `${open} proposals of programs are open, ${recent} were made within a minute`,
      );
  }

  made(ask: string): void {
    this.#made.set(ask, this.#clock.monotonic());
  }
}
