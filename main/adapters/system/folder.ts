/** Folders that are this account's alone (DESIGN.md, State: 0700). */
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refused } from '../../contract/refusal.ts';

/**
 * Makes the folder (and its parents) 0700, or checks the one that is there: a real folder, this account's, nothing for
 * group and others. Reading rights of others are taken away; where others could write, files may have been planted, so
 * that is `Refused('FOLDER_UNSAFE')`, as are links and other owners. On Windows the profile's own access list counts.
 */
export function makeOwnFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(path);
  if (!found.isDirectory()) throw new Refused('FOLDER_UNSAFE', `${path} is not a folder`);
  if (process.getuid === undefined) return;
  if (found.uid !== process.getuid()) throw new Refused('FOLDER_UNSAFE', `${path} belongs to another account`);
  if (found.mode & 0o022) throw new Refused('FOLDER_UNSAFE', `others can write to ${path}`);
  if (found.mode & 0o077) chmodSync(path, 0o700);
}
