/** The file system for the launch desk. */
import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FoundFile, ProgramFiles } from '../../services/launch/ports.ts';
import { makeOwnFolder } from '../system/folder.ts';
import { readConfigFile } from './configFile.ts';
import { fileHasher } from './hash.ts';
import { realFolder } from './realPath.ts';
import { resolveProgram } from './resolve.ts';

const HEAD_BYTES = 256;

/** `workFolder` holds one empty folder for each server that names no working directory. */
export function programFiles(workFolder: string): ProgramFiles {
  return {
    resolve: resolveProgram,
    hash: fileHasher(),
    file: foundFile,
    main: mainOf,
    folder: realFolder,
    async ownFolder(server) {
      // A name may be ".." and must not lead out.
      const folder = join(workFolder, `${server}.d`);
      makeOwnFolder(folder);
      return realpath(folder);
    },
  };
}

async function foundFile(path: string, cwd: string): Promise<FoundFile | null> {
  const found = resolve(cwd, path);
  const facts = await stat(found).catch(() => null);
  if (!facts?.isFile()) return null;
  const executable = await access(found, constants.X_OK).then(
    () => process.platform !== 'win32',
    () => false,
  );
  return { found, path: await realpath(found), executable, head: await headOf(found) };
}

async function mainOf(folder: string, cwd: string): Promise<string | null> {
  try {
    const { main } = JSON.parse(await readConfigFile(resolve(cwd, folder, 'package.json')));
    return typeof main === 'string' && main !== '' ? main : null;
  } catch {
    return null;
  }
}

/** Empty when it cannot be read: the hash will say so. */
async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path).catch(() => null);
  if (!file) return new Uint8Array();
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
