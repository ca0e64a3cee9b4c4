/** Dropping payloads by age, number and size (PRODUCT.md L6): the leaves stay, and a record says what was dropped. */
import { FOR_EVER, type RetentionEffect, type RetentionLimits, type RetentionState } from '../../contract/retention.ts';
import type { Actor } from '../actor.ts';
import type { Clock } from '../clock.ts';
import { DROPPED } from './dropped.ts';
import type { LedgerStore, SealedRows } from './ports.ts';

const LIMITS = { kind: 'retention', key: 'limits' } as const;
/** Between two looks, milliseconds. */
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Payloads of one transaction: its time is what a call may have to wait. */
const SLICE = 200;

export interface RetentionDeps {
  readonly store: LedgerStore;
  readonly sealed: SealedRows;
  readonly clock: Clock;
  /** Signs a head over everything appended so far, which then survives a power cut. */
  readonly sign: () => Promise<void>;
  /** Payloads from this sequence on may not be dropped yet, since nobody else has them; null where nobody is to have them. */
  readonly heldFrom: () => number | null;
}

/** All of it rejects with `Refused('AUDIT_UNAVAILABLE')` when the ledger cannot be read or written. */
export class Retention {
  readonly #deps: RetentionDeps;
  #cancel: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
  }

  /** Finishes what a crash left half done, and looks again every hour. */
  start(): void {
    if (this.#closed) return;
    this.#cancel = this.#deps.clock.after(EVERY_MS, () => this.start());
    // A ledger that cannot be written drops nothing; the next look tries again.
    this.apply().catch(() => undefined);
  }

  async state(): Promise<RetentionState> {
    const { payloads, bytes } = await this.#deps.store.payloadsBelow({ most: Number.MAX_SAFE_INTEGER });
    return { limits: this.#limits(), kept: { payloads, bytes }, below: this.#below() };
  }

  /** What these limits would drop now. */
  effect({ days, records, bytes }: RetentionLimits): Promise<RetentionEffect> {
    const { store, clock, heldFrom } = this.#deps;
    return store.payloadsBelow({
      ...(days !== null && { before: clock.later(-days * DAY_MS) }),
      ...(records !== null && { records }),
      ...(bytes !== null && { bytes }),
      notFrom: heldFrom() ?? Number.MAX_SAFE_INTEGER,
    });
  }

  /** Puts limits into force and applies them: the decision of the person named. */
  async set(limits: RetentionLimits, by: Actor): Promise<void> {
    const { days, records, bytes } = this.#limits();
    // In the leaf, not in a payload: these very limits may drop that.
    const detail = { ...limits, daysWere: days, recordsWere: records, bytesWere: bytes };
    const record = { type: 'retention', event: 'set', ...by, detail } as const;
    this.#deps.sealed.put(LIMITS.kind, LIMITS.key, limits, record);
    await this.apply();
  }

  /** Drops what the limits no longer keep. */
  apply(): Promise<void> {
    const work = this.#work.then(() => this.#apply());
    this.#work = work.catch(() => undefined);
    return work;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    await this.#work;
  }

  #limits(): RetentionLimits {
    return this.#deps.sealed.get<RetentionLimits>(LIMITS.kind, LIMITS.key)?.body ?? FOR_EVER;
  }

  #below(): number {
    return this.#deps.sealed.get<{ below: number }>(DROPPED.kind, DROPPED.key)?.body.below ?? 0;
  }

  async #apply(): Promise<void> {
    const { store, sealed, sign } = this.#deps;
    const { below, payloads, bytes } = await this.effect(this.#limits());
    if (below > this.#below() && payloads > 0) {
      const detail = { below, payloads, bytes };
      sealed.put(DROPPED.kind, DROPPED.key, { below }, { type: 'retention', event: 'dropped', detail });
    }
    // Signed first, also after a crash: no payload is ever missing without a record that says why, and that is proved.
    if (this.#below() > 0) await sign();
    while (!this.#closed && store.dropPayloads(this.#below(), SLICE) > 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
