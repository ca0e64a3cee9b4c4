/** Files and folders that only their owner may reach (SECURITY.md rule 4). On Windows the profile's own rights hold. */
import { lstatSync, mkdirSync } from 'node:fs';
import { Refused } from '../../contract/refusal.ts';

/**
 * Makes the folder 0700 where it is missing and checks it: a real folder, no link, owned by this account, no rights
 * for anyone else. Throws `Refused('FOLDER_UNSAFE')` naming the folder; it never repairs one that was opened up,
 * since what is inside may already have been replaced.
 */
export function ownerOnlyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkOwnerOnly(folder, 'folder');
}

/** The same check for something that is there already. Throws ENOENT as it comes, `Refused('FOLDER_UNSAFE')` otherwise. */
export function checkOwnerOnly(path: string, kind: 'folder' | 'socket' | 'file'): void {
  const found = lstatSync(path);
  const fits = kind === 'folder' ? found.isDirectory() : kind === 'socket' ? found.isSocket() : found.isFile();
  if (process.platform === 'win32') {
    if (kind !== 'socket' && !fits) throw new Refused('FOLDER_UNSAFE', `${path} is not a ${kind}`);
    return;
  }
  if (!fits) throw new Refused('FOLDER_UNSAFE', `${path} is not a ${kind}`);
  if (found.uid !== process.getuid?.()) throw new Refused('FOLDER_UNSAFE', `${path} belongs to another account`);
  // A socket's own bits decide nothing everywhere; the folder around it does.
  if (kind !== 'socket' && (found.mode & 0o077) !== 0) {
    throw new Refused('FOLDER_UNSAFE', `${path} may be reached by other accounts`);
  }
}
