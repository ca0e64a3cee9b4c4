/** The ledger of a conversation: in memory, and as slow or as broken as a test wants it. */
import { Refused } from '../../contract/errors.ts';
import type { Payload, RecordDraft } from '../../contract/record.ts';
import type { RecordRef } from '../audit/ports.ts';
import { KeptRows } from '../tools/rows.fixture.ts';

const decoder = new TextDecoder();

/** What happened, in the order it happened: the ledger, what the client said, and the lines each side got. */
export type Event =
  | { readonly kind: 'record'; readonly draft: RecordDraft; readonly payload: string | null }
  | { readonly kind: 'synced'; readonly seq: number }
  | { readonly kind: 'from-client' | 'to-server' | 'to-client'; readonly line: string };

/** A ledger in memory whose disk can be full, or slow. */
export class Ledger extends KeptRows {
  readonly #told: (event: Event) => void;
  /** Fails the next record of this type, once. */
  failing: RecordDraft['type'] | null = null;
  /** While true nothing survives a power cut yet. */
  slow = false;
  readonly #waiting: { seq: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  constructor(told: (event: Event) => void) {
    super();
    this.#told = told;
  }
  override append(draft: RecordDraft, payload?: Payload): RecordRef {
    if (this.failing === draft.type) {
      this.failing = null;
      throw new Refused('AUDIT_UNAVAILABLE');
    }
    const ref = super.append(draft);
    this.#told({ kind: 'record', draft, payload: payload ? decoder.decode(payload.bytes) : null });
    return ref;
  }
  override synced({ seq }: RecordRef): Promise<void> {
    if (!this.slow) {
      this.#told({ kind: 'synced', seq });
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ seq, resolve, reject });
    return promise;
  }
  /** The disk has caught up with what waits, or has failed. */
  flush(well = true): void {
    for (const { seq, resolve, reject } of this.#waiting.splice(0)) {
      if (!well) {
        reject(new Refused('AUDIT_UNAVAILABLE'));
        continue;
      }
      this.#told({ kind: 'synced', seq });
      resolve();
    }
  }
}
