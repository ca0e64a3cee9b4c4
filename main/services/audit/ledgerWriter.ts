/** Appending to the ledger. */
import { Refused } from '../../contract/errors.ts';
import type { LedgerRecord, Payload, RecordDraft } from '../../contract/record.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, HASH_LENGTH, leafHash } from '../../core/ledger/merkle.ts';
import type { Clock, NewId } from '../clock.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import { maskDraft } from './maskDraft.ts';
import { OpenIntents } from './openIntents.ts';
import { sealPayload } from './payloadSeal.ts';
import type { AuditWriter, LedgerCrypto, LedgerStore, RecordRef } from './ports.ts';
import { witnessed } from './witness.ts';
import type { Witnesses } from './witnesses.ts';

export interface LedgerWriterDeps {
  readonly store: LedgerStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly keys: DeviceKeys;
  readonly crypto: LedgerCrypto;
  readonly masker: () => Masker;
  readonly witnesses: Witnesses;
}

/** A tree, and the digest of which of its records are the newest about sealed rows. */
export interface SealedTree {
  readonly tree: Frontier;
  readonly sealed: string | null;
}

/** Told of each append, and whether the record bears witness of a sealed row. */
type Listener = (ref: RecordRef, sealed: boolean) => void;

/** What an append may say beside the draft. */
export interface AppendOptions {
  /** Digest of what the record bears witness of. */
  readonly slot?: string;
  /** An id that was handed out before. */
  readonly id?: string;
}

export class LedgerWriter implements AuditWriter {
  readonly #deps: LedgerWriterDeps;
  readonly #listeners = new Set<Listener>();
  readonly #open = new OpenIntents();
  #frontier: Frontier;
  #synced: SealedTree;

  /** Goes on from this frontier, which the database holds. */
  constructor(deps: LedgerWriterDeps, frontier: Frontier) {
    this.#deps = deps;
    this.#frontier = frontier;
    this.#synced = { tree: EMPTY_FRONTIER, sealed: null };
  }

  append(draft: RecordDraft, payload?: Payload): RecordRef {
    return this.write(draft, payload);
  }

  /** As `append`, for the ledger's own parts. */
  write(draft: RecordDraft, payload?: Payload, { slot, id = this.#deps.newId() }: AppendOptions = {}): RecordRef {
    const { store, clock, keys, crypto, masker: current, witnesses } = this.#deps;
    const seq = this.#frontier.size;
    const masker = current();
    const sealed = payload && sealPayload(payload, masker, id, keys.mac, crypto.hmac);
    const bare: LedgerRecord = { ...maskDraft(draft, masker), id, at: clock.now() };
    if (sealed !== undefined) bare.payload = sealed.seal;
    const record = slot === undefined ? bare : witnessed(keys.mac, seq, slot, bare);
    const leaf = encodeLeaf(record);
    const { frontier, nodes } = appendLeaf(crypto.sha256, this.#frontier, leafHash(crypto.sha256, leaf));
    store.append({ seq, record, leaf, nodes: joined(nodes), payload: sealed?.kept ?? null, slot: slot ?? null });
    this.#frontier = frontier;
    this.#open.saw(record, seq);
    if (slot !== undefined) witnesses.saw(slot, seq, record);
    const ref: RecordRef = { id, seq };
    for (const listener of this.#listeners) listener(ref, slot !== undefined);
    return ref;
  }

  async synced(ref: RecordRef): Promise<void> {
    if (ref.seq >= this.#frontier.size) throw new Refused('AUDIT_UNAVAILABLE', 'no such record');
    if (ref.seq >= this.#synced.tree.size) await this.sync();
  }

  /** Makes everything appended so far survive a power cut; resolves with the tree that now does. */
  async sync(): Promise<SealedTree> {
    const before = { tree: this.#frontier, sealed: this.#deps.witnesses.digest() };
    if (this.#synced.tree.size < before.tree.size) {
      await this.#deps.store.sync();
      if (this.#synced.tree.size < before.tree.size) this.#synced = before;
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

  onAppend(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function joined(nodes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(nodes.length * HASH_LENGTH);
  for (const [at, node] of nodes.entries()) bytes.set(node, at * HASH_LENGTH);
  return bytes;
}
