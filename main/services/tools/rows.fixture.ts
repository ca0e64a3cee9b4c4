/** Sealed rows and a ledger of drafts in memory, for tests of what keeps decisions: rows are copied, as a database does. */
import { Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { AuditWriter, RecordRef, SealedKind, SealedRow, SealedRows } from '../audit/ports.ts';

export class KeptRows implements SealedRows, AuditWriter {
  readonly drafts: RecordDraft[] = [];
  /** While true nothing can be recorded, as on a full disk. */
  full = false;
  readonly #rows = new Map<string, string>();
  readonly #voids: { kind: string; key: string; why: string }[] = [];

  get<T>(kind: SealedKind, key: string): SealedRow<T> | undefined {
    const row = this.#rows.get(JSON.stringify([kind, key]));
    return row === undefined ? undefined : (JSON.parse(row) as SealedRow<T>);
  }

  list<T>(kind: SealedKind): SealedRow<T>[] {
    return [...this.#rows]
      .filter(([key]) => (JSON.parse(key) as string[])[0] === kind)
      .map(([, row]) => JSON.parse(row) as SealedRow<T>);
  }

  put<T>(kind: SealedKind, key: string, body: T, draft: RecordDraft): SealedRow<T> {
    const row = { key, body, record: this.append(draft).id };
    this.#rows.set(JSON.stringify([kind, key]), JSON.stringify(row));
    return row;
  }

  remove(kind: SealedKind, key: string, draft: RecordDraft): void {
    this.append(draft);
    this.#rows.delete(JSON.stringify([kind, key]));
  }

  /** Makes a row what the real ones become when somebody edits them. */
  tamper(kind: SealedKind, key: string): void {
    this.#rows.delete(JSON.stringify([kind, key]));
    this.#voids.push({ kind, key, why: 'its seal does not match' });
  }

  voids(): { kind: string; key: string; why: string }[] {
    return this.#voids;
  }

  append(draft: RecordDraft): { id: string; seq: number } {
    if (this.full) throw new Refused('AUDIT_UNAVAILABLE');
    this.drafts.push(draft);
    return { id: `record-${this.drafts.length}`, seq: this.drafts.length - 1 };
  }

  async synced(_: RecordRef): Promise<void> {}

  /** Type and event of each record so far. */
  events(): string[] {
    return this.drafts.map(({ type, event, tool }) => [type, event, ...(tool === undefined ? [] : [tool])].join(' '));
  }
}
