import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_ARGS } from '../../adapters/process/nodeArgs.ts';
import { Refused } from '../../contract/errors.ts';
import { EXIT, type Exit } from './exit.ts';
import type { Bundle } from './shell.ts';

const FILES: Readonly<Record<Bundle, string>> = { daemon: 'daemon.mjs', relay: 'relay.cjs' };

/** Where the bundles lie: beside this program's own bundle, or in `dist/` when the sources run as they are. */
export function bundleFile(bundle: Bundle): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const file = [here, join(here, '../../../dist')].map((folder) => join(folder, FILES[bundle])).find(existsSync);
  if (file === undefined) throw new Refused('NOT_FOUND', `${FILES[bundle]} is missing; run "npm run prepare"`);
  return file;
}

/** Runs a bundle on this Node with this process's own streams. Ctrl-C reaches it by itself; SIGTERM and SIGHUP are passed on. */
export function runBundle(bundle: Bundle, args: readonly string[]): Promise<Exit> {
  const child = spawn(process.execPath, [...NODE_ARGS, bundleFile(bundle), ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  return new Promise((resolve) => {
    child.once('error', () => resolve(EXIT.refused));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? EXIT.interrupted : EXIT.refused)));
  });
}
