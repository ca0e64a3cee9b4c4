/** Whether the records about sealed rows are those that were signed, none left out and none put in. */
import type { LedgerRecord } from '../../contract/record.ts';
import type { Hash } from '../../core/ledger/merkle.ts';
import type { SignedHead } from './ledgerKey.ts';
import type { Mac } from './payloadSeal.ts';
import type { LedgerStore, StoredRecord } from './ports.ts';
import { readLeaf } from './storedLeaf.ts';
import { holds } from './witness.ts';
import { placesDigest, Witnesses } from './witnesses.ts';

const BATCH = 500;

/** A row that a record spoke for before its records were altered. */
export interface Lost {
  readonly slot: string;
  /** Null when it was not about a row, or the row had been removed. */
  readonly row: { readonly kind: string; readonly key: string } | null;
}

export interface Decisions {
  /** The newest records; none when anything does not fit. */
  readonly witnesses: Witnesses;
  /** What does not fit; null when all does. */
  readonly fault: string | null;
  /** Every slot that records speak of, when something does not fit. */
  readonly lost: readonly Lost[];
  /** Whether others may be missing from `lost`. */
  readonly incomplete: boolean;
}

/**
 * Compares the slot column below every signed head with what the head says, and proves the newest record of every slot and
 * each one behind the heads. When anything does not fit, no record speaks for a row any more.
 */
export function inspectDecisions(hash: Hash, mac: Mac, store: LedgerStore, heads: readonly SignedHead[]): Decisions {
  const witnesses = new Witnesses(hash);
  const fault = faultIn(hash, mac, store, heads, witnesses);
  if (fault === null) return { witnesses, fault, lost: [], incomplete: false };
  return { witnesses: new Witnesses(hash), fault, ...lostIn(hash, mac, store, heads) };
}

function faultIn(
  hash: Hash,
  mac: Mac,
  store: LedgerStore,
  heads: readonly SignedHead[],
  witnesses: Witnesses,
): string | null {
  const size = store.size();
  for (const head of heads) {
    if (head.sealed !== placesAt(hash, store, head.size))
      return `The records about decisions are not those that the head over ${head.size} records names`;
  }
  for (const row of store.slots(size)) {
    const record = proved(mac, row);
    if (record === null || row.slot === null) return `Record ${row.seq} does not prove the decision that it stands for`;
    witnesses.saw(row.slot, row.seq, record);
  }
  // Behind the heads nothing but the leaves says which of them bear witness.
  const signed = Math.max(0, ...heads.map((head) => head.size));
  for (const row of recordsFrom(store, signed)) {
    const says = row.slot !== null || readLeaf(row.leaf)?.digests?.witness !== undefined;
    if (says && proved(mac, row) === null) return `Record ${row.seq} was not written there by this device`;
  }
  return null;
}

/** Reads the leaves themselves: what they say is complete when a head over them says the same. */
function lostIn(
  hash: Hash,
  mac: Mac,
  store: LedgerStore,
  heads: readonly SignedHead[],
): Pick<Decisions, 'lost' | 'incomplete'> {
  const told = new Witnesses(hash);
  const sealedAt = new Map<number, string | null>([[0, null]]);
  // A head over more records than there are may still name all that bear witness.
  const end = store.size();
  const sizes = new Set([end, ...heads.map(({ size }) => size)]);
  const lost = new Map<string, Lost>();
  for (const row of recordsFrom(store, 0)) {
    const record = readLeaf(row.leaf);
    const slot = record?.digests?.slot;
    if (record && slot !== undefined && holds(mac, row.seq, record)) told.saw(slot, row.seq, record);
    else if (row.slot !== null)
      lost.set(row.slot, { slot: row.slot, row: { kind: row.type, key: String(record?.detail?.row ?? row.id) } });
    if (sizes.has(row.seq + 1)) sealedAt.set(row.seq + 1, told.digest());
  }
  for (const [slot, { row, kind, key }] of told.all())
    lost.set(slot, { slot, row: row === null ? null : { kind, key } });
  return {
    lost: [...lost.values()],
    incomplete: heads.some(({ size, sealed }) => sealedAt.get(Math.min(size, end)) !== sealed),
  };
}

function placesAt(hash: Hash, store: LedgerStore, size: number): string | null {
  return placesDigest(
    hash,
    store.slots(size).flatMap(({ slot, seq }) => (slot === null ? [] : [[slot, seq] as const])),
  );
}

/** The record of a row when it bears witness of the slot in its column, at its place; null otherwise. */
function proved(mac: Mac, row: StoredRecord): LedgerRecord | null {
  const record = readLeaf(row.leaf);
  return record !== null && record.digests?.slot === row.slot && holds(mac, row.seq, record) ? record : null;
}

function* recordsFrom(store: LedgerStore, first: number): Generator<StoredRecord> {
  for (let from = first; ; from += BATCH) {
    const rows = store.records(from, BATCH).filter(({ seq }) => seq < from + BATCH);
    yield* rows;
    if (from + BATCH >= store.size()) return;
  }
}
