/**
 * One daemon a folder. The lock is the operating system's own (`fcntl`, `LockFileEx`), reached through SQLite since
 * Node has neither: the kernel drops it with the process, however that ends, so there is no stale lock to reason about
 * and two daemons that start at once cannot both have it.
 */
import Database from 'better-sqlite3';
import { Refused } from '../../contract/refusal.ts';

/** Takes the lock; the returned function lets it go. Throws `Refused('ALREADY_RUNNING')` when another process has it. */
export function lockFolder(file: string): () => void {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw new Refused('ALREADY_RUNNING');
    throw error;
  }
  return () => void database.close();
}
