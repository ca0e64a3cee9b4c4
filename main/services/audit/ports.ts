/** What others may do with the ledger, and what the ledger needs. */
import type {
  AuditPage,
  AuditQuery,
  AuditRow,
  AuditRowQuery,
  AuditRows,
  AuditRowsQuery,
  VerifyReport,
} from '../../contract/audit.ts';
import type { ConsistencyProofText, LedgerIdentity, RecordProof } from '../../contract/proof.ts';
import type { LedgerRecord, Payload, RecordDraft, RecordView } from '../../contract/record.ts';
import type { RetentionEffect } from '../../contract/retention.ts';
import type { SearchCounts, SearchHelp, SearchPlan } from '../../contract/search.ts';

/** Where a record went: its id and its place in the tree. */
export interface RecordRef {
  readonly id: string;
  readonly seq: number;
}

/** Writing. Everyone that decides or does something has one of these. */
export interface AuditWriter {
  /**
   * Appends a record; when it returns, the record survives a crash of this process.
   * Throws `Refused('AUDIT_UNAVAILABLE')` when it could not be written.
   */
  append(draft: RecordDraft, payload?: Payload): RecordRef;
  /** Resolves when the record survives a power cut (one `fdatasync` shared by all who wait). Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  synced(ref: RecordRef): Promise<void>;
}

/** Reading. Never blocks the writer for long. */
export interface AuditReader {
  /** Rejects with INPUT_INVALID for a text that means nothing. */
  search(query: AuditQuery): Promise<AuditPage>;
  rows(query: AuditRowsQuery): Promise<AuditRows>;
  /** Rejects with INPUT_INVALID also for a time that is none, and with NOT_FOUND for an unknown record. */
  rowOf(query: AuditRowQuery): Promise<AuditRow>;
  /** How many records fit over time; null when none does. */
  counts(query: AuditQuery, steps: number): Promise<SearchCounts | null>;
  /** What is wrong with a search text, and what could follow at the cursor. */
  help(text: string, cursor: number): Promise<SearchHelp>;
  /** The record and every other of the same call, or of the same question, oldest first. Empty when unknown. */
  show(id: string): Promise<RecordView[]>;
  verify(): Promise<VerifyReport>;
  /** The proof that a record is in the ledger; a head over it is signed first. Rejects with NOT_FOUND. */
  prove(id: string): Promise<RecordProof>;
  /** The proof that the ledger goes on from an earlier head. Rejects with INPUT_INVALID or DATABASE_TAMPERED. */
  proveSince(head: string): Promise<ConsistencyProofText>;
  /** What others note down to prove the ledger later. */
  identity(): LedgerIdentity;
  /** A single record as its leaf says it; undefined when unknown. */
  record(id: string): LedgerRecord | undefined;
  count(): number;
  /** Calls back after each append. Returns the way to stop. */
  onAppend(listener: (ref: RecordRef) => void): () => void;
}

/**
 * Bytes that this account may still write where the ledger lies; null where the file system does not say. Throws when
 * it does not answer.
 */
export type FreeSpace = () => number | null;

/** Values that must never reach the disk: those of keychain secrets in use. */
export interface SecretValues {
  /** Current values, longest first. */
  values(): readonly string[];
}

/** A sealed row: a decision a person made, with a MAC and the record that bears witness (SECURITY.md rule 1). */
export interface SealedRow<T> {
  readonly key: string;
  readonly body: T;
  readonly record: string;
}

/**
 * Decisions kept in `state.db`. A row counts only when its MAC holds and the ledger has its record with the same
 * digest in `digests.row`, proved to be the newest about it (`witness.ts`); any other row is void, is reported once as an alarm, and is never returned.
 */
export interface SealedRows {
  get<T>(kind: SealedKind, key: string): SealedRow<T> | undefined;
  list<T>(kind: SealedKind): SealedRow<T>[];
  /** Appends `draft` (with `digests.row` added) and then writes the row, replacing an older one of the same key. */
  put<T>(kind: SealedKind, key: string, body: T, draft: RecordDraft, payload?: Payload): SealedRow<T>;
  /** Appends `draft` and then removes the row. */
  remove(kind: SealedKind, key: string, draft: RecordDraft): void;
  /** Rows found void since the start, with what is wrong. */
  voids(): { kind: string; key: string; why: string }[];
}
export type SealedKind =
  | 'setting'
  | 'approver'
  | 'client'
  | 'consent'
  | 'pin'
  | 'found'
  | 'grant'
  | 'switch'
  | 'servers'
  | 'policy'
  | 'secret'
  | 'sync'
  | 'retention';

/** Hashing and signature checks of the host. */
export interface LedgerCrypto {
  /** SHA-256, 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** HMAC-SHA-256 (RFC 2104), 32 bytes. */
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** Ed25519 (RFC 8032); the key as its 32 raw bytes. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** What is kept apart from the database. */
export interface KeptHead {
  /** The newest head when it was kept; null before the first. */
  readonly note: string | null;
  /** The key that signs what follows it: PKCS#8 DER in base64. */
  readonly key: string;
  /** The public key, base64, that signed the ledger's first head. */
  readonly first: string;
}

/** Where the newest signed head and the key after it are kept (SECURITY.md rule 19): the keystore account `ledger-head`. */
export interface HeadAnchor {
  /** Null when there is none, or none that can be read. */
  load(): Promise<KeptHead | null>;
  save(head: KeptHead): Promise<void>;
}

/** A payload as it may be kept: masked, and with the key under which the leaf speaks of it (`payloadSeal.ts`). */
export interface StoredPayload {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What one append writes, all or nothing. */
export interface LedgerEntry {
  readonly seq: number;
  readonly record: LedgerRecord;
  /** Canonical JSON of the record. */
  readonly leaf: Uint8Array;
  /** The hashes this leaf completes, level 0 first, 32 bytes each. */
  readonly nodes: Uint8Array;
  readonly payload: StoredPayload | null;
  /** Digest of the kind and key of the sealed row, or of the finding, that the record bears witness of. */
  readonly slot: string | null;
}

/** A record as it lies in the database; nothing about it is proved yet. */
export interface StoredRecord {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly session: string | null;
  readonly server: string | null;
  readonly tool: string | null;
  readonly decision: string | null;
  readonly call: string | null;
  readonly slot: string | null;
  readonly leaf: Uint8Array;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
  /** No intent below this sequence was open. */
  readonly openFrom: number;
}

/** The ledger as a verifier reads it: through a connection of its own, so that nothing cached hides what the disk says. Reading throws when it cannot. */
export interface LedgerSource {
  /** Number of records: one more than the newest sequence. */
  size(): number;
  /** The next records from this sequence on, in order, gaps included. */
  records(from: number, limit: number): StoredRecord[];
  /** The node hashes from this leaf on, in order. */
  nodes(from: number, limit: number): { seq: number; hashes: Uint8Array }[];
  /** The sequences from which times and ids run upwards again, after the system's clock was set back. */
  segments(): number[];
  /** The newest record with this slot among the first `size` records. */
  newest(slot: string, size: number): StoredRecord | undefined;
  /** In the order they were signed. */
  checkpoints(): StoredCheckpoint[];
  /** The kept payload; undefined when there is none. Throws when it cannot be read. */
  payload(seq: number): StoredPayload | undefined;
  close(): void;
}

/** A page of what a search finds. */
export interface LedgerQuery {
  readonly plan: SearchPlan;
  /** Records below this sequence. */
  readonly cursor?: number;
  readonly limit: number;
}

/** Rows of a search, with the ledger as it was with `size` records; as it is without. */
export interface LedgerRowsQuery {
  readonly plan: SearchPlan;
  readonly size?: number;
  readonly offset: number;
  readonly limit: number;
}

export interface LedgerRows extends Omit<AuditRows, 'asOf'> {
  readonly size: number;
}

/** How many of those rows lie at the sequence `below` or above it. */
export interface LedgerPlace {
  readonly plan: SearchPlan;
  readonly size?: number;
  readonly below: number;
}

/** Which payloads to keep: each limit that is given sets a place, and the highest counts. */
export interface KeptPayloads {
  /** RFC 3339: those of records from then on. */
  readonly before?: string;
  /** Those of the newest so many records. */
  readonly records?: number;
  /** The newest that take so many bytes. */
  readonly bytes?: number;
  /** All below this place, whatever the others say. */
  readonly most?: number;
  /** Never one from this place on. */
  readonly notFrom?: number;
}

/** The database. Writing throws `Refused('AUDIT_UNAVAILABLE')`; what it could not write is as if it had never been tried. */
export interface LedgerStore {
  /** What of the last appends could not be read back when it was opened; null when nothing is missing. */
  readonly damage: string | null;
  /** When it returns, the entry survives a crash of this process. Its bytes must not be written again. */
  append(entry: LedgerEntry): void;
  /** Resolves when everything appended before the call survives a power cut. */
  sync(): Promise<void>;
  /** Number of records: one more than the newest sequence. */
  size(): number;
  /** The hashes kept with this leaf. */
  nodes(seq: number): Uint8Array | undefined;
  record(id: string): StoredRecord | undefined;
  /** The next records from this sequence on, in order. */
  records(from: number, limit: number): StoredRecord[];
  /** The newest record of every slot among the first `size` records, as the slot column says. */
  slots(size: number): StoredRecord[];
  view(seq: number): RecordView | undefined;
  /** The payloads that limits do not keep, oldest first up to a place: how many and how large they are on the disk. */
  payloadsBelow(limits: KeptPayloads): Promise<RetentionEffect>;
  /** Drops payloads below this sequence, at most `limit`; returns how many there were. */
  dropPayloads(below: number, limit: number): number;
  lastCheckpoint(): StoredCheckpoint | undefined;
  addCheckpoint(checkpoint: StoredCheckpoint): void;
  /** Puts it in the place of the last. */
  replaceCheckpoint(checkpoint: StoredCheckpoint): void;
  /** Resolves when every checkpoint so far survives a power cut. */
  syncCheckpoints(): Promise<void>;
  search(query: LedgerQuery): Promise<AuditPage>;
  rows(query: LedgerRowsQuery): Promise<LedgerRows>;
  rowOf(query: LedgerPlace): Promise<AuditRow>;
  /** The sequence behind the newest record that is older than this time; 0 when none is. */
  before(time: string): number;
  /** The places of what fits, the oldest first, from a sequence on; `next` is where to go on, null at the end. Rejects with `Refused('AUDIT_UNAVAILABLE')` while the index lacks records. */
  oldest(query: { plan: SearchPlan; from: number; limit: number }): Promise<{ seqs: number[]; next: number | null }>;
  /** How many fit over time, in so many steps; null when none does. */
  counts(plan: SearchPlan, steps: number): Promise<SearchCounts | null>;
  /** Values that records have had, by search field, the newest first. */
  known(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** Every record of a call, oldest first. */
  ofCall(call: string): Promise<RecordView[]>;
  source(): LedgerSource;
  close(): Promise<void>;
}

/** A sealed row as it lies in the database. `pending` rows were written before their record. */
export interface StoredSeal {
  readonly kind: string;
  readonly key: string;
  /** Canonical JSON. */
  readonly body: string;
  readonly record: string;
  readonly mac: Uint8Array;
  readonly pending: boolean;
}

/** `state.db` as far as it holds decisions. Writing throws `Refused('AUDIT_UNAVAILABLE')`. */
export interface SealStore {
  rows(): StoredSeal[];
  row(kind: string, key: string): StoredSeal | undefined;
  keep(seal: StoredSeal): void;
  /** Makes the pending row of this kind and key the row. */
  promote(kind: string, key: string): void;
  /** Removes the row, or only the pending one. */
  drop(kind: string, key: string, pending: boolean): void;
  close(): void;
}
