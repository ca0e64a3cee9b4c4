/** Opening a database file of ours. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Refused } from '../../contract/errors.ts';

/** How long a statement waits for another writer, in milliseconds: this blocks the daemon's thread. */
const BUSY_MS = 200;

/** Each commit writes whole pages: half of SQLite's usual size takes a tenth off an append (measured). */
const PAGE_SIZE = 2048;
/** Bytes of WAL that stay on the disk after a burst. */
export const WAL_KEPT = 8 * 1024 * 1024;

/** KiB of pages a connection keeps: appending and reading by place need few, and every connection has its own. */
const CACHE = 2000;

/** A step from one version of a schema to the next; the version is its place in the list, from 1. */
export type Migration = string;

/**
 * Opens for writing in WAL mode and brings the schema up to date, forward only, by `PRAGMA user_version`.
 * A commit then survives a crash of the process, and a power cut once the WAL has been synced. Of a file
 * that is made: `pageSize`, in bytes, and with `shrinks` its free pages can be cut off.
 * Throws `Refused('DATABASE_NEWER')`, or `Refused('AUDIT_UNAVAILABLE')` when the file cannot be opened.
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[],
  { pageSize = PAGE_SIZE, shrinks = false }: { readonly pageSize?: number; readonly shrinks?: boolean } = {},
): Database.Database {
  return orUnavailable(() => {
    const db = new Database(file, { timeout: BUSY_MS });
    try {
      db.pragma(`page_size = ${pageSize}`);
      if (shrinks) db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma('journal_mode = WAL');
      db.pragma(`cache_size = -${CACHE}`);
      db.pragma(`journal_size_limit = ${WAL_KEPT}`);
      db.pragma('synchronous = FULL');
      migrate(db, file, migrations);
      // Checkpoints of the WAL sync files: the worker makes them, never a commit.
      db.pragma('wal_autocheckpoint = 0');
      db.pragma('synchronous = NORMAL');
      syncFolder(dirname(file));
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens for reading only. Throws `Refused('AUDIT_UNAVAILABLE')`. */
export function openReadOnly(file: string): Database.Database {
  return orUnavailable(() => {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
    db.pragma(`cache_size = -${CACHE}`);
    return db;
  });
}

function migrate(db: Database.Database, file: string, migrations: readonly Migration[]): void {
  const version = () => db.pragma('user_version', { simple: true }) as number;
  if (version() > migrations.length) throw new Refused('DATABASE_NEWER', file);
  if (version() === migrations.length) return;
  db.transaction(() => {
    for (const step of migrations.slice(version())) db.exec(step);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

/** Makes the names of new files survive a power cut; Windows has no such thing and keeps them itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Runs a piece of database work; what the database or the disk throws becomes `Refused('AUDIT_UNAVAILABLE')`. */
export function orUnavailable<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unavailable(error);
  }
}

/** The refusal for an error of the database or the disk: its code and nothing that was being written. */
export function unavailable(error: unknown): Error {
  if (error instanceof Refused) return error;
  const code = (error as { code?: unknown }).code;
  const refused = new Refused('AUDIT_UNAVAILABLE', typeof code === 'string' ? code : 'the database cannot be used');
  refused.cause = error;
  return refused;
}
