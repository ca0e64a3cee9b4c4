/** What others may do with the ledger, and what the ledger needs. */
import type { AuditPage, AuditQuery, VerifyReport } from '../../contract/audit.ts';
import type { LedgerRecord, Payload, RecordDraft, RecordView } from '../../contract/record.ts';

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
  search(query: AuditQuery): Promise<AuditPage>;
  /** The record and every other of the same call, oldest first. Empty when unknown. */
  show(id: string): Promise<RecordView[]>;
  verify(): Promise<VerifyReport>;
  /** A single record as its leaf says it; undefined when unknown. */
  record(id: string): LedgerRecord | undefined;
  count(): number;
  /** Calls back after each append. Returns the way to stop. */
  onAppend(listener: (ref: RecordRef) => void): () => void;
}

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
 * digest in `digests.row`; any other row is void, is reported once as an alarm, and is never returned.
 */
export interface SealedRows {
  get<T>(kind: SealedKind, key: string): SealedRow<T> | undefined;
  list<T>(kind: SealedKind): SealedRow<T>[];
  /** Appends `draft` (with `digests.row` added) and then writes the row, replacing an older one of the same key. */
  put<T>(kind: SealedKind, key: string, body: T, draft: RecordDraft): SealedRow<T>;
  /** Appends `draft` and then removes the row. */
  remove(kind: SealedKind, key: string, draft: RecordDraft): void;
  /** Rows found void since the start, with what is wrong. */
  voids(): { kind: string; key: string; why: string }[];
}
export type SealedKind = 'consent' | 'pin' | 'grant' | 'switch' | 'policy' | 'secret';
