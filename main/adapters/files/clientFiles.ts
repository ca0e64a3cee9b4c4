/** The files of AI clients: read as they are, replaced whole through links, watched where they may come and go. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { watch } from 'chokidar';
import { Refused } from '../../contract/refusal.ts';
import type { ClientFiles, ReadFile } from '../../services/clients/ports.ts';
import { realFolder } from './realPath.ts';
import { replaceWhole } from './write.ts';

/** No client’s configuration is larger; what is, is something else. */
const LARGEST_BYTES = 32 * 1024 * 1024;

export const clientFiles: ClientFiles = {
  async expand(path) {
    const star = path.split(/[/\\]/).indexOf('*');
    if (star < 0) return [path];
    const names = path.split(/(?<=[/\\])|(?=[/\\])/);
    const at = names.indexOf('*');
    const folder = names.slice(0, at).join('');
    const found = await readdir(folder).catch(() => []);
    const visible = found.filter((name) => !name.startsWith('.')).sort();
    return visible.map((name) => folder + name + names.slice(at + 1).join(''));
  },
  read: readWhole,
  async replace(path, hash, text) {
    await refuseChanged(path, hash);
    try {
      await access(path, constants.W_OK);
      // A client may write it while ours gets to the disk: what it says then is looked at last.
      await replaceWhole(await realpath(path), text, () => refuseChanged(path, hash));
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused('CLIENT_FILE_LOCKED', `${path}: ${(error as NodeJS.ErrnoException).code ?? 'not written'}`);
    }
  },
  folder: realFolder,
  async nearest(paths) {
    const found = await Promise.all([...new Set(paths.map((path) => dirname(path)))].map(existing));
    return [...new Set(found)].sort();
  },
  async watch(paths, folders, changed) {
    const ways = new Set(paths.flatMap(wayTo));
    const watcher = watch([...folders], {
      depth: 0,
      ignoreInitial: true,
      ignored: (path) => !ways.has(path) && !inStar(paths, path),
    });
    watcher.on('all', changed);
    // Where the system can watch no more, the regular look still finds what changed.
    watcher.on('error', () => {});
    await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
    return () => watcher.close();
  },
};

async function refuseChanged(path: string, hash: string): Promise<void> {
  const now = await readWhole(path);
  if (now.state !== 'text' || now.hash !== hash) throw new Refused('CLIENT_FILE_CHANGED', path);
}

async function readWhole(path: string, largest = LARGEST_BYTES): Promise<ReadFile> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (file instanceof Error) {
    const absent = file.code === 'ENOENT' || file.code === 'ENOTDIR';
    return absent ? { state: 'absent' } : { state: 'bad', message: `it cannot be read (${file.code})` };
  }
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) return { state: 'absent' };
    if (!facts.isFile()) return { state: 'bad', message: 'it is not a regular file' };
    if (facts.size > largest) return { state: 'bad', message: 'it is too large for a configuration' };
    const bytes = await file.readFile();
    const text = decoded(bytes);
    if (text === null) return { state: 'bad', message: 'it is not UTF-8 text' };
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { state: 'text', text, hash, real: await realpath(path) };
  } catch (error) {
    return { state: 'bad', message: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  } finally {
    await file.close();
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The innermost folder around a path that is there, the path itself included. */
async function existing(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() || dirname(path) === path ? path : existing(dirname(path));
}

/** A path and every folder around it. */
function wayTo(path: string): string[] {
  return dirname(path) === path ? [path] : [path, ...wayTo(dirname(path))];
}

/** Whether a path is one that a `*` at the end stands for. */
function inStar(paths: readonly string[], path: string): boolean {
  return paths.some((one) => basename(one) === '*' && dirname(one) === dirname(path));
}
