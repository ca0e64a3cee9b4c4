/** Making commits of a WAL database survive a power cut. */
import { fdatasync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { unavailable } from './database.ts';

/**
 * Syncs the WAL file of `db` off the thread, where libuv uses `fdatasync`, and `F_FULLFSYNC` on macOS.
 * One sync serves all who wait. What is no longer in the WAL was synced by the checkpoint that moved it.
 */
export class WalSync {
  readonly #db: Database.Database;
  #handle: Promise<FileHandle> | null = null;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #failed = false;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Resolves when everything committed before the call is on the disk. Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  sync(): Promise<void> {
    // The one that runs may have begun before the caller's commit; the one after it has not.
    if (this.#next !== null) return this.#next;
    if (this.#running === null) return this.#start();
    this.#next = this.#running.then(
      () => this.#start(),
      () => this.#start(),
    );
    return this.#next;
  }

  #start(): Promise<void> {
    this.#next = null;
    this.#running = this.#flush().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #flush(): Promise<void> {
    try {
      if (this.#failed) this.#rewrite();
      this.#handle ??= open(`${this.#db.name}-wal`, 'r+');
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
    await this.#next?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
    await this.#letGo();
  }
}
