/** The whole tree of an npm package, resolved and locked; nothing of it is run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Arborist from '@npmcli/arborist';
import pacote from 'pacote';
import type { InstallScript } from '../../contract/package.ts';
import type { NpmManifest } from './npmLook.ts';
import type { NpmOptions } from './npmSettings.ts';

export interface ResolvedTree {
  /** npm's lockfile, version 3. */
  readonly lock: string;
  readonly entry: string;
  /** Why it cannot run from the store; null when it can. */
  readonly notPinned: string | null;
  readonly dependencies: readonly string[] & string[];
  readonly scripts: InstallScript[];
}

interface TreeNode {
  /** Of its folder: an alias (`npm:other@1`) gives a package the name of another. */
  readonly name: string;
  readonly packageName: string | null;
  readonly version: string;
  readonly isRoot: boolean;
  readonly isLink: boolean;
  readonly inBundle: boolean;
  readonly resolved: string | null;
  readonly integrity: string | null;
  readonly hasInstallScript: boolean;
  readonly package: { readonly scripts?: Readonly<Record<string, string>> };
}

/** What npm runs of a package when it is installed. */
export const EVENTS = ['preinstall', 'install', 'postinstall'] as const;

/** The manifest of a folder in which nothing but this package is installed. */
export function rootManifest(name: string, version: string): string {
  return JSON.stringify({ name: 'countersign-package', private: true, dependencies: { [name]: version } });
}

/** Rejects with what the registry did not answer. */
export async function npmTree(
  found: NpmManifest,
  program: string | null,
  home: string,
  options: NpmOptions,
): Promise<ResolvedTree> {
  const path = join(home, 'tree');
  await mkdir(path);
  await writeFile(join(path, 'package.json'), rootManifest(found.name, found.version));
  const tree = await new Arborist({ ...options, path } as never).buildIdealTree();
  const nodes = ([...tree.inventory.values()] as unknown as TreeNode[]).filter(({ isRoot }) => !isRoot);
  const loose = nodes.find(
    ({ isLink, inBundle, integrity, resolved }) =>
      isLink || (!inBundle && !(integrity && /^https?:/.test(resolved ?? ''))),
  );
  const entry = entryOf(found, program);
  const own = `${found.name}@${found.version}`;
  return {
    lock: String(tree.meta),
    entry: entry ?? '',
    notPinned: loose
      ? `${loose.name} comes from no registry, so nothing says what it must be`
      : entry === null
        ? program === null
          ? 'the package does not say which of its programs is the server'
          : `the package has no program named ${program}`
        : null,
    dependencies: [...new Set(nodes.map(specOf))].filter((one) => one !== own).toSorted(),
    scripts: (await Promise.all(nodes.map((node) => scriptsOf(node, options)))).flat(),
  };
}

/** As npx chooses: the program that is named, the only one, or the one of the package's own name. */
function entryOf({ name, bin = {} }: NpmManifest, program: string | null): string | null {
  const files = new Set(Object.values(bin));
  const [only] = files;
  const chosen = program !== null ? bin[program] : files.size === 1 ? only : bin[name.split('/').at(-1) ?? name];
  return chosen === undefined ? null : chosen.replace(/^(\.?\/)+/, '');
}

/** What a node of a tree really is. */
export function specOf({ name, packageName, version }: Pick<TreeNode, 'name' | 'packageName' | 'version'>): string {
  return `${packageName ?? name}@${version}`;
}

/** A short packument only says that there is a script, a full one which. */
async function scriptsOf(node: TreeNode, options: NpmOptions): Promise<InstallScript[]> {
  if (!node.hasInstallScript) return [];
  const { package: known } = node;
  const told = EVENTS.some((event) => known.scripts?.[event] !== undefined);
  const spec = specOf(node);
  const { scripts } = told
    ? known
    : ((await pacote.manifest(spec, { ...options, fullMetadata: true })) as unknown as NpmManifest);
  const found = EVENTS.flatMap((event) => {
    const command = scripts?.[event];
    return command === undefined ? [] : [{ package: spec, event, command }];
  });
  return found.length > 0 ? found : [{ package: spec, event: 'install', command: 'node-gyp rebuild' }];
}
