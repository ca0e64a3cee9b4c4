/** Where this account and Countersign keep things, by every name they have. */
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { Home } from '../../services/proxy/ports.ts';
import type { Folders } from '../system/paths.ts';

/** `work` is the folder in which servers without a folder of their own run: it is theirs. */
export async function ownPlaces(folders: Folders, work: string): Promise<Home> {
  const own = await names([folders.config, folders.state, folders.runtime, folders.logs]);
  return { home: homedir(), own, lent: await names([work]) };
}

/** The paths as they are written and with links followed. */
async function names(paths: readonly string[]): Promise<string[]> {
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  return [...new Set([...paths, ...real])];
}
