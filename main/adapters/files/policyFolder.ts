/** Policies: `*.cedar` files of the organisation's folder and of the person's. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyFiles, PolicySource } from '../../services/policy/ports.ts';
import { watchFolder } from './watch.ts';

/** A folder of policies and what its files are called by. */
export interface PolicyLayer {
  readonly folder: string;
  /** Stands before the name of each file. */
  readonly prefix: string;
}

/** Opens folders that are there, in the order of their precedence; their files may come and go. `close` ends the watching. */
export async function policyFolders(layers: readonly PolicyLayer[]): Promise<PolicyFiles & { close(): Promise<void> }> {
  const listeners = new Set<() => void>();
  const note = (names: ReadonlySet<string>) => {
    if ([...names].some(isPolicy)) for (const listener of listeners) listener();
  };
  const close = await Promise.all(layers.map(({ folder }) => watchFolder(folder, note)));
  return {
    read: async () => (await Promise.all(layers.map(readFolder))).flat(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await Promise.all(close.map((end) => end()));
    },
  };
}

async function readFolder({ folder, prefix }: PolicyLayer): Promise<PolicySource[]> {
  const names = (await readdir(folder)).filter(isPolicy).sort();
  const read = async (file: string) => ({ file: prefix + file, text: await readFile(join(folder, file), 'utf8') });
  return Promise.all(names.map(read));
}

function isPolicy(name: string): boolean {
  return name.endsWith('.cedar') && !name.startsWith('.');
}
