/** Proving a ledger: every leaf, the tree over them, every signed head, every payload, every search column. */
import type { VerifyReport } from '../../contract/audit.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, HASH_LENGTH, leafHash, rootOf } from '../../core/ledger/merkle.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import { droppedBelow } from './dropped.ts';
import { KeyChain } from './keyChain.ts';
import type { LedgerKey, SignedHead } from './ledgerKey.ts';
import { mismatch } from './mismatch.ts';
import type { Mac } from './payloadSeal.ts';
import type { LedgerCrypto, LedgerSource, StoredRecord } from './ports.ts';
import { type Fault, faultInRecord } from './recordFault.ts';

/** Records, and signed heads, between two pauses: a few milliseconds. */
const BATCH = 100;
const HEADS = 20;

export interface VerifyDeps {
  readonly source: LedgerSource;
  readonly key: LedgerKey;
  readonly crypto: Pick<LedgerCrypto, 'sha256' | 'hmac'>;
  /** The device's own: without it, the records behind the last head are proved by nothing. */
  readonly mac?: Mac;
  /** The public key, base64, that signed the ledger's first head, when it is known from elsewhere. */
  readonly first?: string;
  /** What the one who asks knows of the tree: it must be there. */
  readonly expected?: Frontier;
  /** A head that was kept elsewhere: it must be covered. */
  readonly witness?: string | null;
  /** Lets others work; called between batches. */
  readonly pause?: () => Promise<void>;
}

/** Reads the whole ledger and names the first thing that does not fit. Never throws for what it finds. */
export async function verifyLedger(deps: VerifyDeps): Promise<VerifyReport> {
  const run = new Verification(deps);
  try {
    await run.records();
    return run.report(null);
  } catch (error) {
    const message = `The database cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`;
    return run.report({ seq: run.size(), record: null, kind: 'unreadable', message });
  }
}

class Verification {
  readonly #deps: VerifyDeps;
  #fault: Fault | null = null;
  #frontier: Frontier = EMPTY_FRONTIER;
  /** Records that heads cover, and up to where that was found to hold. */
  #covered = 0;
  #signed = 0;
  #checkpoints = 0;
  readonly #chain = new KeyChain();

  constructor(deps: VerifyDeps) {
    this.#deps = deps;
  }

  size(): number {
    return this.#frontier.size;
  }

  async records(): Promise<void> {
    const { source, crypto, mac, pause } = this.#deps;
    const heads = await this.#heads();
    this.#covered = [...heads.keys()].reduce((most, size) => Math.max(most, size), 0);
    const segments = new Set(source.segments());
    const dropped = droppedBelow(crypto.sha256, source, this.#covered);
    let before: StoredRecord | null = null;
    for (;;) {
      const from = this.#frontier.size;
      const rows = source.records(from, BATCH);
      const nodes = new Map(source.nodes(from, BATCH).map(({ seq, hashes }) => [seq, hashes]));
      for (const row of rows) {
        const seq = this.#frontier.size;
        this.#fault ??= this.#leaf(row, seq, nodes.get(seq));
        this.#fault ??= faultInRecord(row, before, { segments, source, dropped, crypto, ...(mac && { mac }) });
        if (this.#fault !== null) return;
        before = row;
        for (const head of heads.get(this.#frontier.size) ?? []) this.#check(head);
        if (this.#fault !== null) return;
      }
      if (rows.length === 0) break;
      await pause?.();
    }
    this.#end();
  }

  report(unreadable: Fault | null): VerifyReport {
    const fault = this.#fault ?? unreadable;
    const root =
      this.#frontier.size === 0
        ? null
        : Buffer.from(rootOf(this.#deps.crypto.sha256, this.#frontier)).toString('base64');
    return {
      ok: fault === null,
      records: this.#frontier.size,
      signed: this.#signed,
      checkpoints: this.#checkpoints,
      root,
      first: this.#chain.first(),
      epochs: [...this.#chain.epochs()],
      fault,
    };
  }

  /** The heads by the size they cover; one that this device did not sign is a fault of its own. */
  async #heads(): Promise<Map<number, SignedHead[]>> {
    const heads = new Map<number, SignedHead[]>();
    const { source, key, witness, first, pause } = this.#deps;
    const signature = (message: string) => {
      this.#fault ??= { seq: null, record: null, kind: 'signature', message };
    };
    const kept = source.checkpoints().map(({ note }) => note);
    const elsewhere = witness === undefined || witness === null || kept.includes(witness) ? [] : [witness];
    for (const [at, note] of [...kept, ...elsewhere].entries()) {
      if (at % HEADS === HEADS - 1) await pause?.();
      const head = key.open(note);
      if (head === null) {
        signature('The signature of a checkpoint is not this device’s.');
        continue;
      }
      // What was kept elsewhere may be far ahead of a ledger that was cut off.
      if (!elsewhere.includes(note) && !this.#chain.follow(head))
        signature(
          `The key of the checkpoint over ${head.size} records is not one that an earlier checkpoint handed over to.`,
        );
      heads.set(head.size, [...(heads.get(head.size) ?? []), head]);
    }
    const begins = this.#chain.first();
    // A ledger that was lost and begun anew says so with its epoch.
    if (first !== undefined && begins !== null && begins !== first && this.#chain.epochs()[0]?.epoch === 1)
      signature('The first checkpoint was signed with another key than this ledger began with.');
    return heads;
  }

  #leaf(row: StoredRecord, seq: number, stored: Uint8Array | undefined): Fault | null {
    const { source } = this.#deps;
    const hash = this.#deps.crypto.sha256;
    if (row.seq !== seq) return { seq, record: null, kind: 'missing', message: `Record ${seq} is missing.` };
    const leaf = leafHash(hash, row.leaf);
    if (stored === undefined || !sameBytes(leaf, stored.subarray(0, HASH_LENGTH)))
      return mismatch(row, leaf, source, hash);
    const { frontier, nodes } = appendLeaf(hash, this.#frontier, leaf);
    const whole = nodes.length * HASH_LENGTH === stored.length;
    if (
      !whole ||
      !nodes.every((node, at) => sameBytes(node, stored.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH)))
    ) {
      return { seq, record: row.id, kind: 'altered', message: `The tree over record ${seq} was altered.` };
    }
    this.#frontier = frontier;
    return null;
  }

  #check(head: SignedHead): void {
    if (sameBytes(rootOf(this.#deps.crypto.sha256, this.#frontier), head.root)) {
      this.#signed = head.size;
      this.#checkpoints += 1;
      return;
    }
    const from = this.#signed;
    const which = head.size - from === 1 ? `Record ${from} is` : `One of the records ${from} to ${head.size - 1} is`;
    const message = `${which} not what was signed: altered together with the tree over it.`;
    this.#fault = { seq: from, record: null, kind: 'altered', message };
  }

  #end(): void {
    const { source, expected } = this.#deps;
    const size = this.#frontier.size;
    const beyond = Math.max(this.#covered, source.nodes(size, 1).length > 0 ? size + 1 : 0, expected?.size ?? 0);
    if (beyond > size) {
      const message = `The ledger ends after ${size} records; there were at least ${beyond}.`;
      this.#fault ??= { seq: size, record: null, kind: 'truncated', message };
    }
  }
}
