/** Noticing that a person, or anything else, changed a file. */
import { basename } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Editors write in several steps; one call for all of them. */
const SETTLE_MS = 40;

/**
 * Watches the files directly in a folder that is there, and calls back with their names after they changed, came or
 * went. Resolves once it watches, with the way to stop. Where the system can watch no more, it looks by polling.
 */
export async function watchFolder(
  folder: string,
  changed: (names: ReadonlySet<string>) => void,
): Promise<() => Promise<void>> {
  let names = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const note = (path: string) => {
    names.add(basename(path));
    timer ??= setTimeout(() => {
      timer = undefined;
      const settled = names;
      names = new Set();
      changed(settled);
    }, SETTLE_MS);
  };
  let watcher = await openWatcher(folder, 'auto', note).catch(() => openWatcher(folder, 'polling', note));
  watcher.on('error', async () => {
    await watcher.close();
    watcher = await openWatcher(folder, 'polling', note);
    note(folder); // something may have been missed
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

function openWatcher(folder: string, backend: 'auto' | 'polling', note: (path: string) => void): Promise<FSWatcher> {
  const watcher = watch(folder, { depth: 0, ignoreInitial: true, backend, pollingInterval: 500 });
  watcher.on('all', (_, path) => note(path));
  return new Promise((resolve, reject) => {
    watcher.once('error', (error) => {
      void watcher.close();
      reject(error);
    });
    watcher.once('ready', () => {
      watcher.removeAllListeners('error');
      resolve(watcher);
    });
  });
}
