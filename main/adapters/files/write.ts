/** Replacing files whole. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** Writes a file so that others see the old text or the new, never a part, also after a power cut. Mode 0600 unless given. */
export async function writeWhole(path: string, text: string | Uint8Array, mode = 0o600): Promise<void> {
  await writeFileAtomic(path, typeof text === 'string' ? text : Buffer.from(text), { mode, fsync: true });
}

/**
 * The same for a file that is there and others write as well: its mode and owner are kept, links are not followed, and
 * `last` has the last word, when all that is left to do is the exchange. What it throws leaves the file as it is.
 */
export async function replaceWhole(path: string, text: string, last: () => Promise<void>): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  const fresh = `${path}.${randomUUID()}`;
  try {
    const file = await open(fresh, 'wx', mode & 0o777);
    try {
      // Where the system lets us: only root may give a file away.
      await file.chown(uid, gid).catch(() => {});
      await file.chmod(mode & 0o777);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await last();
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
