/** Appending to the ledger. */
import { Refused } from '../../contract/errors.ts';
import type { LedgerRecord, Payload, RecordDraft } from '../../contract/record.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { appendLeaf, type Frontier, HASH_LENGTH, leafHash } from '../../core/ledger/merkle.ts';
import type { Clock, NewId } from '../clock.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import { maskDraft } from './maskDraft.ts';
import { OpenIntents } from './openIntents.ts';
import { sealPayload } from './payloadSeal.ts';
import type { AuditWriter, LedgerCrypto, LedgerStore, RecordRef } from './ports.ts';

export interface LedgerWriterDeps {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly keys: DeviceKeys;
  readonly crypto: LedgerCrypto;
  readonly masker: () => Masker;
}

/** What an append may say beside the draft. */
export interface AppendOptions {
  /** Digest of what the record bears witness of. */
  readonly slot?: string;
  /** An id that was handed out before. */
  readonly id?: string;
}

export class LedgerWriter implements AuditWriter {
  readonly #deps: LedgerWriterDeps;
  readonly #listeners = new Set<(ref: RecordRef) => void>();
  readonly #open = new OpenIntents();
  #frontier: Frontier;
  #synced: Frontier;

  /** Goes on from this frontier, which the database holds. */
  constructor(deps: LedgerWriterDeps, frontier: Frontier) {
    this.#deps = deps;
    this.#frontier = frontier;
    this.#synced = { size: 0, peaks: [] };
  }

  append(draft: RecordDraft, payload?: Payload): RecordRef {
    return this.write(draft, payload);
  }

  /** As `append`, for the ledger's own parts. */
  write(draft: RecordDraft, payload?: Payload, { slot, id = this.#deps.newId() }: AppendOptions = {}): RecordRef {
    const { store, clock, keys, crypto, masker: current } = this.#deps;
    const masker = current();
    const sealed = payload && sealPayload(payload, masker, keys.mac, crypto.random);
    const record: LedgerRecord = { ...maskDraft(draft, masker), id, at: clock.now() };
    if (sealed !== undefined) record.payload = sealed.seal;
    const leaf = encodeLeaf(record);
    const { frontier, nodes } = appendLeaf(crypto.sha256, this.#frontier, leafHash(crypto.sha256, leaf));
    const seq = this.#frontier.size;
    store.append({ seq, record, leaf, nodes: joined(nodes), payload: sealed?.kept ?? null, slot: slot ?? null });
    this.#frontier = frontier;
    this.#open.saw(record, seq);
    const ref: RecordRef = { id, seq };
    for (const listener of this.#listeners) listener(ref);
    return ref;
  }

  async synced(ref: RecordRef): Promise<void> {
    if (ref.seq >= this.#frontier.size) throw new Refused('AUDIT_UNAVAILABLE', 'no such record');
    if (ref.seq >= this.#synced.size) await this.sync();
  }

  /** Makes everything appended so far survive a power cut; resolves with the tree that now does. */
  async sync(): Promise<Frontier> {
    const before = this.#frontier;
    if (this.#synced.size < before.size) {
      await this.#deps.store.sync();
      if (this.#synced.size < before.size) this.#synced = before;
    }
    return this.#synced;
  }

  /** The tree of everything appended. */
  frontier(): Frontier {
    return this.#frontier;
  }

  /** No intent below this sequence is open. */
  openFrom(): number {
    return this.#open.from(this.#frontier.size);
  }

  onAppend(listener: (ref: RecordRef) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function joined(nodes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(nodes.length * HASH_LENGTH);
  for (const [at, node] of nodes.entries()) bytes.set(node, at * HASH_LENGTH);
  return bytes;
}
