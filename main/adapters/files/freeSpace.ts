import { statfsSync } from 'node:fs';
import type { FreeSpace } from '../../services/audit/ports.ts';

/** The room in a folder's file system for an account without privileges (statfs(2), `f_bavail`). */
export function freeSpace(folder: string): FreeSpace {
  return () => {
    const { bavail, bsize, blocks } = statfsSync(folder);
    // A file system in user space may keep no count at all: it says zero of everything.
    return blocks === 0 ? null : bavail * bsize;
  };
}
