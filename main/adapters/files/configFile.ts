/** Reading what a person configures: a regular file of a size that a person writes, and nothing that never ends. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const MOST_BYTES = 8 * 1024 * 1024;

/** The text of a file, links followed. Rejects for what is no file, such as a pipe, for one too large, and as `open` does. */
export async function readConfigFile(path: string): Promise<string> {
  // Whoever opens a pipe waits for somebody to write.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new Error('it is not a file');
    if (found.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
