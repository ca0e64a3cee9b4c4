import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TourFolder } from '../../services/tour/ports.ts';

/** A fresh temporary folder (0700) that holds one file with one line. */
export async function makeTourFolder(file: string, text: string): Promise<TourFolder> {
  // The server compares resolved paths: on macOS the temporary folder is a link.
  const path = await realpath(await mkdtemp(join(tmpdir(), 'countersign-tour-')));
  await writeFile(join(path, file), text);
  return {
    path,
    read: (name) => readFile(join(path, name), 'utf8').catch(() => null),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
