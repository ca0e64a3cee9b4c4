/**
 * The ledger's worker as tests start it: bundled. From its sources, Node would strip the types with WebAssembly, an
 * instance for every thread, and V8 ends a process now and then in which those come and go (nodejs/node#64500).
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vitest/config';
import { program } from '../rolldown.config.ts';

const SOURCE = 'main/adapters/sqlite/ledgerWorker.ts';
const STARTED_BY = '/main/adapters/sqlite/ledgerStore.ts';
const REFERENCE = "new URL('./ledgerWorker.ts', import.meta.url)";
/** Beside the native modules that it loads. What was transformed is kept from run to run, so its name stays. */
const FILE = resolve('node_modules/.cache/tests/ledgerWorker.mjs');

export function bundledThreads(): Plugin {
  return {
    name: 'bundled-threads',
    // What it looks for is written as in the source.
    enforce: 'pre',
    configResolved: bundle,
    transform(code, id) {
      if (!id.endsWith(STARTED_BY)) return null;
      if (!code.includes(REFERENCE)) this.error(`The worker is no longer started by ${REFERENCE}.`);
      return code.replace(REFERENCE, `new URL('${pathToFileURL(FILE)}')`);
    },
  };
}

async function bundle(): Promise<void> {
  const { output, ...input } = program('ledgerWorker', SOURCE, 'esm');
  const build = await rolldown(input);
  const [{ code }] = (await build.generate({ ...output, codeSplitting: false })).output;
  await build.close();
  mkdirSync(dirname(FILE), { recursive: true });
  // Another run may just now be starting it.
  const own = `${FILE}.${process.pid}`;
  writeFileSync(own, code);
  renameSync(own, FILE);
}
