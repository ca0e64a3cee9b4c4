/** One text file that a person may edit at any time. */
import { basename, dirname } from 'node:path';
import type { WatchedText } from '../../services/launch/ports.ts';
import { readConfigFile } from './configFile.ts';
import { watchFolder } from './watch.ts';
import { writeWhole } from './write.ts';

/** Opens a file in a folder that is there; the file itself may come and go. `close` ends the watching. */
export async function watchedText(path: string): Promise<WatchedText & { close(): Promise<void> }> {
  const listeners = new Set<() => void>();
  const close = await watchFolder(dirname(path), (names) => {
    if (names?.has(basename(path)) ?? true) for (const listener of listeners) listener();
  });
  return {
    read: () =>
      readConfigFile(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    write: (text) => writeWhole(path, text),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
}
