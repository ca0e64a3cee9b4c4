/** `state.db`: decisions a person made. */
import type { SealStore, StoredSeal } from '../../services/audit/ports.ts';
import { type Migration, openDatabase, orUnavailable } from './database.ts';

const MIGRATIONS: readonly Migration[] = [
  `
CREATE TABLE seals(
  kind TEXT NOT NULL, key TEXT NOT NULL, pending INTEGER NOT NULL, body TEXT NOT NULL, record TEXT NOT NULL,
  mac BLOB NOT NULL, PRIMARY KEY(kind, key, pending)
) STRICT, WITHOUT ROWID;
`,
];
const COLUMNS = 'kind, key, pending, body, record, mac';
type Row = Omit<StoredSeal, 'pending'> & { readonly pending: number };
const seal = (row: Row): StoredSeal => ({ ...row, pending: row.pending === 1 });

/** Opens `state.db`, made when missing. Throws `Refused` with DATABASE_NEWER or AUDIT_UNAVAILABLE. */
export function openSealStore(file: string): SealStore {
  const db = openDatabase(file, MIGRATIONS);
  // Rare writes that must not be lost after their record was synced: each survives a power cut.
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 100');
  const all = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM seals ORDER BY kind, key, pending`);
  const one = db.prepare<[string, string], Row>(
    `SELECT ${COLUMNS} FROM seals WHERE kind = ? AND key = ? AND pending = 0`,
  );
  const keep = db.prepare(`INSERT OR REPLACE INTO seals(${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`);
  const promote = db.prepare('UPDATE OR REPLACE seals SET pending = 0 WHERE kind = ? AND key = ? AND pending = 1');
  const drop = db.prepare('DELETE FROM seals WHERE kind = ? AND key = ? AND pending = ?');
  return {
    rows: () => orUnavailable(() => all.all().map(seal)),
    row: (kind, key) =>
      orUnavailable(() => {
        const row = one.get(kind, key);
        return row && seal(row);
      }),
    keep: ({ kind, key, pending, body, record, mac }) =>
      void orUnavailable(() => keep.run(kind, key, pending ? 1 : 0, body, record, mac)),
    promote: (kind, key) => void orUnavailable(() => promote.run(kind, key)),
    drop: (kind, key, pending) => void orUnavailable(() => drop.run(kind, key, pending ? 1 : 0)),
    close: () => db.close(),
  };
}
