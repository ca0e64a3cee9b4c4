/**
 * The ledger's worker as tests start it: bundled. From its sources, Node would strip the types with WebAssembly, an
 * instance for every thread, and V8 ends a process now and then in which those come and go (nodejs/node#64500).
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vitest/config';
import { program } from '../rolldown.config.ts';

const SOURCE = 'main/adapters/sqlite/ledgerWorker.ts';
const STARTED_BY = '/main/adapters/sqlite/ledgerStore.ts';
const REFERENCE = "new URL('./ledgerWorker.ts', import.meta.url)";

export function bundledThreads(): Plugin {
  // Beside the native modules that it loads; runs side by side have one each.
  const folder = resolve('node_modules/.cache', `threads-${process.pid}`);
  const url = pathToFileURL(resolve(folder, 'ledgerWorker.mjs'));
  let bundled: Promise<unknown> | null = null;
  return {
    name: 'bundled-threads',
    // What it looks for is written as in the source.
    enforce: 'pre',
    async transform(code, id) {
      if (!id.endsWith(STARTED_BY)) return null;
      if (!code.includes(REFERENCE)) this.error(`The worker is no longer started by ${REFERENCE}.`);
      bundled ??= bundle(folder);
      await bundled;
      return code.replace(REFERENCE, `new URL('${url}')`);
    },
    buildEnd: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function bundle(folder: string): Promise<void> {
  const { output, ...input } = program('ledgerWorker', SOURCE, 'esm');
  const build = await rolldown(input);
  await build.write({ ...output, dir: folder });
  await build.close();
}
