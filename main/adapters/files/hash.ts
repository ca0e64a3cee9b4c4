/** Digests of files. */
import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refused } from '../../contract/refusal.ts';

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
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      hash.update(chunk);
      size += chunk.length;
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
