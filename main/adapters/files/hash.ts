/** Digests of files. */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Refused } from '../../contract/refusal.ts';

/** Bytes that are read at once. */
const CHUNK = 256 * 1024;

export interface FileHash {
  /** `sha256:` and lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Hashes files and remembers the digest for as long as device, inode, size and both times stay: the change time cannot
 * be set back by an ordinary program, so unchanged numbers mean unchanged content. Who asks while it is read waits for
 * the same reading: a program of 100 MB is what several servers start.
 */
export function fileHasher(): (path: string) => Promise<FileHash> {
  const remembered = new Map<string, { readonly identity: string; readonly reading: Promise<FileHash | null> }>();
  return async (path) => {
    const identity = identityOf(await statOf(path));
    const known = remembered.get(path);
    if (known?.identity === identity) return (await known.reading) ?? hashFile(path);
    const hashing = hashFile(path);
    // A file that changed while it was read is hashed anew.
    const unchanged = async (hash: FileHash) => (identityOf(await statOf(path)) === identity ? hash : null);
    const mine = { identity, reading: hashing.then(unchanged).catch(() => null) };
    remembered.set(path, mine);
    if ((await mine.reading) === null && remembered.get(path) === mine) remembered.delete(path);
    return hashing;
  };
}

/** SHA-256 and size of what the file holds now. Throws `Refused('LAUNCH_UNRESOLVED')` when it cannot be read. */
export async function hashFile(path: string): Promise<FileHash> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    await using file = await open(path);
    // One piece of memory for all: a stream takes another for each, and of a program of 100 MB some 30 stay with the process.
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return { sha256: `sha256:${hash.digest('hex')}`, size };
}

function statOf(path: string): Promise<BigIntStats> {
  return stat(path, { bigint: true }).catch((error) => {
    throw unreadable(path, error);
  });
}

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

function unreadable(path: string, error: unknown): Refused {
  return new Refused('LAUNCH_UNRESOLVED', `${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
}
