import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appProgram } from './startedByApp.ts';

/** Files of the product that the daemon reads or starts. */
export interface ProductFiles {
  readonly renderer: string;
  readonly policies: string;
  /** The launcher of the command line: what a client is told to start. */
  readonly launcher: string;
  /** Set in packages: development switches are then ignored (SECURITY.md rule 4). */
  readonly packaged: boolean;
  /** The app's own program, in packages where the system can tell that it is the parent. */
  readonly app: string | null;
}

/** Finds them from this bundle (`dist/daemon.mjs`), or from the sources when they run as they are. */
export function productFiles(here: string = dirname(fileURLToPath(import.meta.url))): ProductFiles {
  const root =
    [join(here, '..'), join(here, '../../..')].find((folder) => existsSync(join(folder, 'package.json'))) ?? here;
  const packaged = existsSync(join(root, 'PACKAGED'));
  return {
    renderer: join(root, 'dist', 'renderer'),
    policies: join(root, 'resources', 'policies'),
    launcher: join(root, 'main', 'shells', 'cli', 'bin.cjs'),
    packaged,
    app: packaged ? appProgram(root) : null,
  };
}
