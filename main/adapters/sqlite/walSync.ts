/** Making commits of a WAL database survive a power cut. */
import { closeSync, existsSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { unavailable } from './database.ts';
import { SharedRun } from './sharedRun.ts';

/**
 * Syncs the WAL file of `db` off the thread, where libuv uses `fdatasync`, and `F_FULLFSYNC` on macOS.
 * One sync serves all who wait. What is no longer in the WAL was synced by the checkpoint that moved it.
 */
export class WalSync {
  readonly #db: Database.Database;
  readonly #shared = new SharedRun(() => this.#flush());
  #handle: Promise<FileHandle> | null = null;
  #failed = false;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Resolves when everything committed before the call is on the disk. Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  sync(): Promise<void> {
    return this.#shared.run();
  }

  /** As `sync`, on this thread. Throws what the system throws. */
  syncNow(): void {
    if (!existsSync(this.#file)) return;
    const fd = openSync(this.#file, 'r+');
    try {
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }

  get #file(): string {
    return `${this.#db.name}-wal`;
  }

  async #flush(): Promise<void> {
    try {
      if (this.#failed) this.#rewrite();
      this.#handle ??= open(this.#file, 'r+');
      const { fd } = await this.#handle;
      await new Promise<void>((resolve, reject) => {
        fdatasync(fd, (error) => (error ? reject(error) : resolve()));
      });
    } catch (error) {
      this.#failed = true;
      await this.#letGo();
      throw unavailable(error);
    }
  }

  async #letGo(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.then((file) => file.close()).catch(() => undefined);
  }

  /** After a failed sync the system may call the same pages clean that never reached the disk: write them anew, elsewhere. */
  #rewrite(): void {
    const [result] = this.#db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (result?.busy !== 0) throw new Error('The WAL is in use.');
    this.#failed = false;
  }

  async close(): Promise<void> {
    await this.#shared.idle();
    await this.#letGo();
  }
}
