/** Replacing files whole. */
import writeFileAtomic from 'write-file-atomic';

/** Writes a file so that others see the old text or the new, never a part, also after a power cut. Mode 0600 unless given. */
export async function writeWhole(path: string, text: string | Uint8Array, mode = 0o600): Promise<void> {
  await writeFileAtomic(path, typeof text === 'string' ? text : Buffer.from(text), { mode, fsync: true });
}
