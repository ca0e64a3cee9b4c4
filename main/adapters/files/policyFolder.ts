/** Policies: `*.cedar` files of several folders, and the settings they go by. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SETTINGS_FILE } from '../../contract/settings.ts';
import type { WatchedText } from '../../services/launch/ports.ts';
import type { PolicyFile, PolicyFiles } from '../../services/policy/ports.ts';
import { readConfigFile } from './configFile.ts';
import { watchFolder } from './watch.ts';

/** A folder of policies and what its files are called by. */
export interface PolicyLayer {
  readonly folder: string;
  /** Stands before the name of each file. */
  readonly prefix: string;
}

/**
 * Opens folders that are there, in the order of their precedence; their files may come and go, and so may the settings.
 * `close` ends the watching of the folders.
 */
export async function policyFolders(
  layers: readonly PolicyLayer[],
  settings: Pick<WatchedText, 'read' | 'onChange'>,
): Promise<PolicyFiles & { close(): Promise<void> }> {
  const listeners = new Set<() => void>();
  const note = (names: ReadonlySet<string> | null) => {
    if (names === null || [...names].some(isPolicy)) for (const listener of listeners) listener();
  };
  const close = await Promise.all(layers.map(({ folder }) => watchFolder(folder, note)));
  return {
    read: async () => {
      const [text, ...read] = await Promise.all([settings.read(), ...layers.map(readFolder)]);
      const said = text === null ? [] : [{ file: SETTINGS_FILE, text }];
      return [...read.flat(), ...said];
    },
    onChange(listener) {
      listeners.add(listener);
      const stop = settings.onChange(listener);
      return () => {
        stop();
        listeners.delete(listener);
      };
    },
    async close() {
      await Promise.all(close.map((end) => end()));
    },
  };
}

/** One file that cannot be read keeps none of the others from counting. */
async function readFolder({ folder, prefix }: PolicyLayer): Promise<PolicyFile[]> {
  const names = (await readdir(folder)).filter(isPolicy).sort();
  return Promise.all(
    names.map((name) =>
      readConfigFile(join(folder, name)).then(
        (text) => ({ file: prefix + name, text }),
        (error: Error) => ({ file: prefix + name, unread: `The file cannot be read: ${error.message}` }),
      ),
    ),
  );
}

function isPolicy(name: string): boolean {
  return name.endsWith('.cedar') && !name.startsWith('.');
}
