/** The person's policies: `*.cedar` files of one folder. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyFiles } from '../../services/policy/ports.ts';
import { watchFolder } from './watch.ts';

/** Opens a folder that is there; its files may come and go. `close` ends the watching. */
export async function policyFolder(folder: string): Promise<PolicyFiles & { close(): Promise<void> }> {
  const listeners = new Set<() => void>();
  const close = await watchFolder(folder, (names) => {
    if ([...names].some(isPolicy)) for (const listener of listeners) listener();
  });
  return {
    async read() {
      const names = (await readdir(folder)).filter(isPolicy).sort();
      return Promise.all(names.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
}

function isPolicy(name: string): boolean {
  return name.endsWith('.cedar') && !name.startsWith('.');
}
