/** Whether a file is started by Node. */
import { open } from 'node:fs/promises';

/** True for a text whose first line names no interpreter, or node. */
export async function parseableHead(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.includes(0)) return false;
    const first = head.toString('utf8').split('\n')[0] ?? '';
    return !first.startsWith('#!') || /\bnode\b/.test(first);
  } finally {
    await handle.close();
  }
}
