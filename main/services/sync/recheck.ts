/** Looking whether records that were handed over are still what the tree says; a fault is told to both sides. */
import type { OutgoingLedger } from '../audit/outgoing.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { CollectorLink } from './ports.ts';
import type { Receipt } from './receipts.ts';

/** Records looked at in one go, and how often in one round. */
const WINDOW = 500;
const WINDOWS = 40;
const AGAIN_MS = 3_600_000;

export interface RecheckDeps {
  readonly ledger: Pick<OutgoingLedger, 'fault'>;
  readonly audit: AuditWriter;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export class Recheck {
  readonly #deps: RecheckDeps;
  #next = 0;
  #beganAt = Number.NEGATIVE_INFINITY;
  #reported = -1;

  constructor(deps: RecheckDeps) {
    this.#deps = deps;
  }

  /** Begins at the first again. */
  again(): void {
    this.#next = 0;
  }

  /** Whether so many have been looked at. */
  isThrough(size: number): boolean {
    return this.#next >= size;
  }

  /** Tells the collector of a record that is not what it was, and then the ledger; once. */
  async tell(epoch: number, seq: number, message: string, link: CollectorLink): Promise<void> {
    if (seq === this.#reported) return;
    await link.report({ epoch, seq, message });
    this.#reported = seq;
    this.#deps.audit.append({ type: 'alarm', event: 'ledger-altered', reason: message, detail: { seq } });
  }

  /** Goes through some of what the receipt is for, from the first to the last and then, an hour later, again. */
  async look({ epoch, size }: Receipt, link: CollectorLink, goesOn: () => boolean): Promise<void> {
    const { ledger, clock } = this.#deps;
    if (this.isThrough(size) && clock.monotonic() - this.#beganAt > AGAIN_MS) this.#next = 0;
    if (this.#next === 0) this.#beganAt = clock.monotonic();
    for (let windows = 0; windows < WINDOWS && !this.isThrough(size) && goesOn(); windows += 1) {
      const limit = Math.min(WINDOW, size - this.#next);
      const wrong = ledger.fault(this.#next, limit);
      if (wrong !== null)
        await this.tell(epoch, wrong, `Record ${wrong} was changed on the device after it had been sent.`, link);
      this.#next += limit;
      // Calls go first.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
