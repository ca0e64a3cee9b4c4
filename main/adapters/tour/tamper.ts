import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { VerifyReport } from '../../contract/audit.ts';
import { Refused } from '../../contract/errors.ts';
import type { TamperTrial } from '../../services/tour/ports.ts';

/**
 * Copies the ledger database, changes one byte of a record's leaf in the copy as someone with the file could, and
 * verifies the copy with `verify`. The ledger itself is only read. Throws `Refused('NOT_FOUND')` for an unknown record.
 */
export async function tamperTrial(
  ledgerFile: string,
  record: string,
  verify: (file: string) => Promise<VerifyReport>,
): Promise<TamperTrial> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-copy-'));
  try {
    const copy = join(folder, 'ledger.db');
    const ledger = new Database(ledgerFile, { readonly: true, fileMustExist: true });
    try {
      await ledger.backup(copy);
    } finally {
      ledger.close();
    }
    const changed = changeOneByte(copy, record);
    return { changed, report: await verify(copy) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Changes the last letter of the tool's name in the record's leaf; says what became what. */
function changeOneByte(file: string, record: string): string {
  const db = new Database(file, { fileMustExist: true });
  try {
    const row = db
      .prepare<[string], { seq: number; leaf: Buffer }>('SELECT seq, leaf FROM records WHERE id = ?')
      .get(record);
    const name = row === undefined ? null : /"tool":"([^"\\]+)"/.exec(row.leaf.toString('utf8'));
    if (row === undefined || name === null) throw new Refused('NOT_FOUND', record);
    const [found, before = ''] = name;
    const at = Buffer.byteLength(row.leaf.toString('utf8').slice(0, name.index + found.length - 2));
    const leaf = Buffer.from(row.leaf);
    leaf[at] = (leaf[at] ?? 0) ^ 1;
    // The triggers keep honest programs from changing records; whoever holds the file just removes them.
    for (const trigger of db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records'")
      .all()) {
      db.exec(`DROP TRIGGER "${trigger.name}"`);
    }
    db.prepare('UPDATE records SET leaf = ? WHERE seq = ?').run(leaf, row.seq);
    const after = before.slice(0, -1) + String.fromCharCode(leaf[at] ?? 0);
    return `record ${row.seq} now says “${after}” instead of “${before}”`;
  } finally {
    db.close();
  }
}
