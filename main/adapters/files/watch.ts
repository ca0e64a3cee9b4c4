/** Noticing that a person, or anything else, changed a file. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Editors write in several steps; one call for all of them. */
const SETTLE_MS = 40;
/** How often is looked for a folder that is gone. */
const RETURN_MS = 500;

/**
 * Watches the files directly in a folder that is there, and calls back with their names after they changed, came or
 * went, or with null when any of them may have. Resolves once it watches, with the way to stop. A folder that is taken
 * away is watched again when it is back. Where the system can watch no more, it looks by polling.
 */
export async function watchFolder(
  folder: string,
  changed: (names: ReadonlySet<string> | null) => void,
): Promise<() => Promise<void>> {
  let names: Set<string> | null = new Set();
  let settling: NodeJS.Timeout | undefined;
  let returning: NodeJS.Timeout | undefined;
  let closed = false;
  const note = (path: string | null) => {
    if (closed) return;
    names = path === null ? null : (names?.add(basename(path)) ?? null);
    settling ??= setTimeout(() => {
      settling = undefined;
      const settled = names;
      names = new Set();
      changed(settled);
    }, SETTLE_MS);
  };
  const ended = () => {
    note(null);
    lookForIt();
  };
  const lookForIt = () => {
    if (!closed) returning = setTimeout(() => void isBack().catch(lookForIt), RETURN_MS);
  };
  const isBack = async () => {
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is no folder`);
    const opened = await begin();
    if (closed) return opened.close();
    watcher = opened;
    note(null);
  };
  const begin = () =>
    openWatcher(folder, 'auto', { note, ended }).catch(() => openWatcher(folder, 'polling', { note, ended }));
  let watcher = await begin();
  return async () => {
    closed = true;
    clearTimeout(settling);
    clearTimeout(returning);
    await watcher.close();
  };
}

interface Events {
  readonly note: (path: string) => void;
  /** The folder itself was taken away, or the system watches it no longer; the watcher is closed. */
  readonly ended: () => void;
}

/** Rejects when the system cannot watch the folder. */
function openWatcher(folder: string, backend: 'auto' | 'polling', { note, ended }: Events): Promise<FSWatcher> {
  const watcher = watch(folder, { depth: 0, ignoreInitial: true, backend, pollingInterval: 500 });
  return new Promise((resolve, reject) => {
    let over: (error?: unknown) => void = reject;
    const end = (error?: unknown) => {
      const then = () => over(error);
      watcher.close().then(then, then);
    };
    watcher.once('ready', () => {
      over = ended;
      resolve(watcher);
    });
    watcher.on('all', (event, path) => (event === 'unlinkDir' && path === folder ? end() : note(path)));
    // To polling, an error is one file that cannot be looked at, such as a link to itself: the others can.
    watcher.on('error', (error) => (backend === 'auto' ? end(error) : undefined));
  });
}
