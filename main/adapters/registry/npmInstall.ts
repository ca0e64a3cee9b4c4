/** Installs a locked tree, checks that what came is what was agreed to, and only then runs the scripts that were allowed. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Arborist from '@npmcli/arborist';
import type { InstallScript } from '../../contract/package.ts';
import { Refused } from '../../contract/refusal.ts';
import type { Installation } from '../../services/packages/ports.ts';
import { parseableHead } from './entryHead.ts';
import { npmSettings } from './npmSettings.ts';
import { EVENTS, rootManifest, specOf } from './npmTree.ts';
import { reasonOf } from './unanswered.ts';

/** Rejects with `Refused` PACKAGE_UNAVAILABLE or PACKAGE_MISMATCH; the folder then is not there. */
export async function installNpm(wanted: Installation, home: string, cache: string): Promise<void> {
  const making = `${wanted.folder}.new`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(making, 'package.json'), rootManifest(wanted.name, wanted.version));
    await writeFile(join(making, 'package-lock.json'), wanted.lock);
    const options = { ...(await npmSettings(home, cache, wanted.registry)), path: making };
    const arborist = new Arborist(options as never);
    try {
      await arborist.reify({ save: false } as never);
    } catch (error) {
      throw refusedFor(error);
    }
    const tree = arborist.actualTree as unknown as { inventory: Map<string, Installed> };
    await checkInstalled(tree.inventory.values(), wanted, join(making, 'node_modules', wanted.name));
    if (wanted.allowed.length > 0) {
      const allowScripts = Object.fromEntries(wanted.allowed.map((one) => [one, true]));
      const rebuilding = new Arborist({ ...options, ignoreScripts: false, allowScripts } as never);
      await (rebuilding as unknown as { rebuild(): Promise<void> }).rebuild().catch((error: Error) => {
        throw new Refused('PACKAGE_UNAVAILABLE', `an install script failed: ${error.message.split('\n')[0]}`);
      });
    }
    await mkdir(dirname(wanted.folder), { recursive: true });
    await rename(making, wanted.folder);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

interface Installed {
  readonly isRoot: boolean;
  readonly path: string;
  readonly name: string;
  readonly packageName: string | null;
  readonly version: string;
}

/** A registry's manifest and the archive may differ: what was reviewed was the manifest, what runs is the archive. */
async function checkInstalled(nodes: Iterable<Installed>, wanted: Installation, installed: string): Promise<void> {
  const reviewed = new Set(wanted.scripts.map(textOf));
  for (const node of nodes) {
    if (node.isRoot || !existsSync(join(node.path, 'package.json'))) continue;
    const { scripts = {} } = JSON.parse(await readFile(join(node.path, 'package.json'), 'utf8'));
    const spec = specOf(node);
    for (const event of EVENTS) {
      const command = scripts[event];
      if (typeof command !== 'string' || reviewed.has(textOf({ package: spec, event, command }))) continue;
      throw new Refused(
        'PACKAGE_MISMATCH',
        `${spec} holds an install script that its registry did not mention: ${command}`,
      );
    }
  }
  const { version, bin = {} } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const files = (typeof bin === 'string' ? [bin] : Object.values(bin)).map((file) =>
    String(file).replace(/^(\.?\/)+/, ''),
  );
  if (version !== wanted.version || !files.includes(wanted.entry) || !existsSync(join(installed, wanted.entry)))
    throw new Refused('PACKAGE_MISMATCH', `${wanted.name} holds no program ${wanted.entry}, or is another version`);
  if (!(await parseableHead(join(installed, wanted.entry))))
    throw new Refused('PACKAGE_MISMATCH', `${wanted.entry} is no program for Node, so it cannot run from the store`);
}

function textOf({ package: spec, event, command }: InstallScript): string {
  return JSON.stringify([spec, event, command]);
}

function refusedFor(error: unknown): Refused {
  const { code } = error as { code?: string };
  return code === 'EINTEGRITY'
    ? new Refused('PACKAGE_MISMATCH', 'an archive is not the one that the lockfile names')
    : new Refused('PACKAGE_UNAVAILABLE', reasonOf(error));
}
