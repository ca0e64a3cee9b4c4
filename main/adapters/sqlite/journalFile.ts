/** One file of the journal: frames at its end, each all or nothing. */
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readFileSync, writevSync } from 'node:fs';

export class JournalFile {
  readonly name: string;
  readonly #fd: number;
  #size: number;
  /** Behind the last frame there may be a part of one that failed. */
  #partial = false;
  #unsynced = false;
  #failed = false;

  /** Opens the file, made when missing. Throws what the system throws, as everything here does. */
  constructor(name: string) {
    this.name = name;
    this.#fd = openSync(name, 'a', 0o600);
    this.#size = fstatSync(this.#fd).size;
  }

  /** Bytes of the frames in it. */
  get size(): number {
    return this.#size;
  }

  /** A sync failed: what was written until then may never reach the disk, whatever later syncs say. */
  get failed(): boolean {
    return this.#failed;
  }

  read(): Buffer {
    return readFileSync(this.name);
  }

  /** Takes a frame in its parts. When it returns, the frame survives a crash of this process; when it throws, the frame is not there. */
  add(frame: readonly Uint8Array[]): void {
    if (this.#partial) this.#cut(this.#size);
    this.#partial = true;
    const written = writevSync(this.#fd, frame);
    if (written < frame.reduce((length, part) => length + part.length, 0))
      throw Object.assign(new Error('The disk took only a part.'), { code: 'ENOSPC' });
    this.#partial = false;
    this.#size += written;
    this.#unsynced = true;
  }

  /** Resolves when everything added before the call survives a power cut. */
  async sync(): Promise<void> {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    fdatasync(this.#fd, (error) => (error ? reject(error) : resolve()));
    await promise.catch((error: unknown) => {
      this.#failed = true;
      throw error;
    });
  }

  /** Takes everything out: it is safe elsewhere. */
  empty(): void {
    this.#cut(0);
    this.#failed = false;
    this.#unsynced = false;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #cut(size: number): void {
    ftruncateSync(this.#fd, size);
    this.#size = size;
    this.#partial = false;
  }
}
