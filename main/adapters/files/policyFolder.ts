/** Policies: `*.cedar` files of the organisation's folder and of the person's. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ORGANISATION_PREFIX } from '../../core/policy/layer.ts';
import type { PolicyFiles, PolicySource } from '../../services/policy/ports.ts';
import { watchFolder } from './watch.ts';

/** Opens two folders that are there; their files may come and go. `close` ends the watching. */
export async function policyFolders(
  organisation: string,
  person: string,
): Promise<PolicyFiles & { close(): Promise<void> }> {
  const listeners = new Set<() => void>();
  const note = (names: ReadonlySet<string>) => {
    if ([...names].some(isPolicy)) for (const listener of listeners) listener();
  };
  const close = await Promise.all([watchFolder(organisation, note), watchFolder(person, note)]);
  return {
    async read() {
      const layers = await Promise.all([readFolder(organisation, ORGANISATION_PREFIX), readFolder(person, '')]);
      return layers.flat();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await Promise.all(close.map((end) => end()));
    },
  };
}

async function readFolder(folder: string, prefix: string): Promise<PolicySource[]> {
  const names = (await readdir(folder)).filter(isPolicy).sort();
  const read = async (file: string) => ({ file: prefix + file, text: await readFile(join(folder, file), 'utf8') });
  return Promise.all(names.map(read));
}

function isPolicy(name: string): boolean {
  return name.endsWith('.cedar') && !name.startsWith('.');
}
