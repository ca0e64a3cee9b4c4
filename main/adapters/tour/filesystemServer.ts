import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ServerEntry } from '../../contract/server.ts';

const PACKAGE = '@modelcontextprotocol/server-filesystem';

/** The real file-system server of our own dependencies, for one folder: this Node runs its script, nothing is downloaded. */
export function filesystemServer(folder: string): ServerEntry {
  const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  return { command: process.execPath, args: [join(dirname(manifest), 'dist', 'index.js'), folder], env: {} };
}
