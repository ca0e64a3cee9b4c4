/** Signing heads of the tree, and keeping the newest one elsewhere. */
import { type Hash, rootOf } from '../../core/ledger/merkle.ts';
import type { Clock } from '../clock.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { LedgerKey, MovingKey } from './ledgerKey.ts';
import type { LedgerWriter } from './ledgerWriter.ts';
import type { MovingKeys } from './movingKeys.ts';
import type { LedgerStore } from './ports.ts';

/** From an append to the signed head that covers it; with the time a sync takes, under a second. */
const SIGN_AFTER_MS = 500;
/** Keychains are slow and ask programs for patience. */
const ANCHOR_AFTER_MS = 5000;
/** How long a key signs: who takes it can sign that much anew, and each that hands over leaves a head to verify. */
const KEY_MS = 60_000;

export interface HeadKeeperDeps {
  readonly hash: Hash;
  readonly store: LedgerStore;
  readonly writer: LedgerWriter;
  readonly clock: Clock;
  readonly keys: DeviceKeys;
  readonly key: LedgerKey;
  readonly moving: MovingKeys;
  readonly epoch: number;
}

export class HeadKeeper {
  readonly #deps: HeadKeeperDeps;
  #signedSize = 0;
  /** The newest head, and the key that signed it beside the device's. */
  #newest: { readonly note: string; readonly by: MovingKey } | null = null;
  #anchored: string | null = null;
  #anchoredAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #cancelKeep: (() => void) | null = null;
  #cancelHandOver: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #keeping: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: HeadKeeperDeps) {
    this.#deps = deps;
  }

  /** Something was appended: a head that covers it follows shortly, or at once when a decision must not be lost. */
  wake(atOnce = false): void {
    if (this.#closed) return;
    if (atOnce) return void this.sign().catch(() => this.wake());
    this.#cancel ??= this.#deps.clock.after(SIGN_AFTER_MS, () => {
      this.#cancel = null;
      // A disk that cannot sync refuses those who wait for it; here it is only tried again.
      this.sign().catch(() => this.wake());
    });
  }

  /** Signs a head over everything. Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  sign(): Promise<void> {
    const work = this.#work.then(() => this.#sign());
    this.#work = work.catch(() => undefined);
    return work;
  }

  /** As `sign`, keeps the head elsewhere, and lets go of the key that signed it. */
  async settle(): Promise<void> {
    await this.sign();
    await this.#keep(true);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    this.#cancelKeep?.();
    this.#cancelHandOver?.();
    await this.settle();
  }

  /** The newest signed head. */
  note(): string | null {
    return this.#newest?.note ?? null;
  }

  async #sign(): Promise<void> {
    const { hash, store, writer, keys, key, moving, clock, epoch } = this.#deps;
    const openFrom = writer.openFrom();
    // Only what a power cut leaves may be signed: otherwise it would make an honest device look like a forger.
    const { tree, sealed } = await writer.sync();
    if (tree.size > this.#signedSize) {
      const head = { epoch, size: tree.size, root: rootOf(hash, tree), sealed };
      const by = moving.current();
      const note = key.sign(head, keys.sign, by, moving.next());
      const checkpoint = { size: tree.size, note, openFrom: Math.min(openFrom, tree.size) };
      // Who has this key could sign the one before anew as well: the newest of them proves all that both do.
      if (this.#newest?.by === by) store.replaceCheckpoint(checkpoint);
      else {
        store.addCheckpoint(checkpoint);
        this.#handOverLater();
      }
      this.#signedSize = tree.size;
      this.#newest = { note, by };
    }
    const since = clock.monotonic() - this.#anchoredAt;
    if (since >= ANCHOR_AFTER_MS) await this.#keep();
    else if (!this.#closed && this.note() !== this.#anchored) this.#keepLater(ANCHOR_AFTER_MS - since);
  }

  #keepLater(ms: number): void {
    this.#cancelKeep ??= this.#deps.clock.after(ms, () => {
      this.#cancelKeep = null;
      // A keychain that is locked for a while gets the next head.
      this.#keep().catch(() => undefined);
    });
  }

  #handOverLater(): void {
    if (this.#closed) return;
    this.#cancelHandOver ??= this.#deps.clock.after(KEY_MS, () => {
      this.#cancelHandOver = null;
      this.#keep(true).catch(() => this.#handOverLater());
    });
  }

  /** One at a time: some let go of a key. */
  #keep(handOver = false): Promise<void> {
    const keeping = this.#keeping.then(() => this.#keepNow(handOver));
    this.#keeping = keeping.catch(() => undefined);
    return keeping;
  }

  async #keepNow(handOver: boolean): Promise<void> {
    const { clock, store, moving } = this.#deps;
    const newest = this.#newest;
    if (newest === null) return;
    const { note, by } = newest;
    // Only a head of the current key names the one after it; while a keychain took its time, one of the last was signed.
    const moves = handOver && by === moving.current();
    if (note === this.#anchored && !moves) return;
    this.#anchoredAt = clock.monotonic();
    // The head that hands over to the next key must not be lost: without it the keys after it would follow from nothing.
    await store.syncCheckpoints();
    await (moves ? moving.advance(note) : moving.keep(note));
    this.#anchored = note;
  }
}
