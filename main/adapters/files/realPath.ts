/** Where a path really leads (realpath(3)), also when its last parts do not exist yet. */
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { followLinks, isOwnToEach } from './links.ts';

/**
 * The path with every link of every existing part resolved. Null for what is not absolute, holds `..`, or passes a link
 * that leads nowhere, or through what is another thing to each process: where those lead is not certain. What it says
 * holds for this moment only.
 */
export async function realPath(path: string): Promise<string | null> {
  if (!isAbsolute(path) || path.includes('\0') || path.split(/[/\\]/).includes('..')) return null;
  if (isOwnToEach(path)) return null;
  const found = await resolved(path);
  return found === path || (await followLinks(path)) !== null ? found : null;
}

async function resolved(path: string): Promise<string | null> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const there = await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  // It is there, or may be, and cannot be followed: a dangling link, a loop, a folder that is closed to us.
  const parent = dirname(path);
  if (there || parent === path) return null;
  const above = await resolved(parent);
  return above === null ? null : join(above, basename(path));
}

/** The path of a folder that is there, with links followed; null for anything else, and for a path that is not absolute. */
export async function realFolder(path: string): Promise<string | null> {
  if (!isAbsolute(path)) return null;
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? realpath(path) : null;
}
