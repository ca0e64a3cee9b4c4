/** Which record is the newest about each sealed row. */
import type { LedgerRecord } from '../../contract/record.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import type { Hash } from '../../core/ledger/merkle.ts';
import { utf8 } from '../../core/ledger/utf8.ts';

/** What the newest record about a row says. */
export interface Witness {
  readonly seq: number;
  readonly id: string;
  /** Digest of the row; null when it says that there is none. */
  readonly row: string | null;
  readonly kind: string;
  readonly key: string;
}

/** Only what was proved is told to it, so that a database changed meanwhile changes nothing. */
export class Witnesses {
  readonly #hash: Hash;
  readonly #newest = new Map<string, Witness>();
  /** Kept between two changes: undefined when it must be made anew. */
  #digest: string | null | undefined;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  saw(slot: string, seq: number, { id, type, digests, detail }: LedgerRecord): void {
    // An alarm speaks for a row of another kind; other records are of their row's kind.
    const kind = String((type === 'alarm' && detail?.kind) || type);
    this.#newest.set(slot, { seq, id, row: digests?.row ?? null, kind, key: String(detail?.row ?? id) });
    this.#digest = undefined;
  }

  newest(slot: string): Witness | undefined {
    return this.#newest.get(slot);
  }

  all(): [slot: string, Witness][] {
    return [...this.#newest];
  }

  /** What a signed head says of them; null when there are none. */
  digest(): string | null {
    this.#digest ??= placesDigest(
      this.#hash,
      this.all().map(([slot, { seq }]) => [slot, seq]),
    );
    return this.#digest;
  }
}

/** SHA-256 of the slots, each with the place of its newest record, by place; null when there are none. */
export function placesDigest(hash: Hash, places: readonly (readonly [slot: string, seq: number])[]): string | null {
  if (places.length === 0) return null;
  const sorted = [...places].sort(([, a], [, b]) => a - b);
  return `sha256:${Buffer.from(hash(utf8(canonicalJson(sorted)))).toString('hex')}`;
}
