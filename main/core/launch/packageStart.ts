/** Command lines that only fetch an npm package and start one of its programs: those can run from a store instead (PRODUCT.md I5). */
import type { LaunchPackage } from '../../contract/package.ts';
import { readOptions } from './options.ts';
import { isForeign, npmPackage } from './packageSpec.ts';
import { programName, type Word, wholeWord } from './word.ts';

export interface PackageStart {
  /** As written: a name, with what is written after its `@`. */
  readonly wanted: string;
  readonly package: LaunchPackage;
  /** The argument that names it. */
  readonly where: string;
  /** The program of the package that is named; null where the package has only one, or one of its own name. */
  readonly program: string | null;
  /** What that program gets. */
  readonly args: readonly string[];
}

/** Options that change nothing of what runs. */
const HARMLESS = /^(-y|--yes|-q|--quiet|--silent|-s|--prefer-offline|--prefer-online|--no-audit|--no-fund|--loglevel)$/;
const VALUED = '-p --package --registry --loglevel';

/** The package a line starts; a sentence why it cannot be told apart from its launcher; null when it names no npm package. */
export function packageStart(command: string, args: readonly string[]): PackageStart | string | null {
  const words = [wholeWord('command', command), ...args.map((text, i) => wholeWord(`args[${i}]`, text))];
  const bare = programName(command) === 'cmd' && /^\/c$/i.test(args[0] ?? '') ? words.slice(2) : words;
  const rest = afterLauncher(bare);
  if (rest === null) return null;
  const read = readOptions(rest, VALUED);
  const named = read.options.filter(({ name }) => /^(-p|--package)$/.test(name));
  const other = read.options.find(({ name }) => !HARMLESS.test(name) && !/^(-p|--package|--registry)$/.test(name));
  if (other) return `its launcher is given ${other.name}`;
  if (named.length > 1) return 'it brings several packages';
  const spec = named[0] ? named[0].value : read.rest[0];
  if (!spec) return 'it names no package';
  const registry = read.options.findLast(({ name }) => name === '--registry')?.value?.text ?? null;
  const found = npmPackage(spec.text, registry);
  if (isForeign(found.name) || /^[./~]|^[a-z]:[\\/]|\\/i.test(found.name)) return 'its code comes from no registry';
  if (!/^(@[\w.~-]+\/)?[\w.~-]+$/.test(found.name)) return 'its package has no name that a registry could know';
  const inside = read.rest.slice(1).map(({ text }) => text);
  const program = named[0] ? (read.rest[0]?.text ?? null) : null;
  return { wanted: spec.text, package: found, where: spec.where, program, args: inside };
}

/** What follows npx and its like; null for any other program. */
function afterLauncher([first, ...rest]: readonly Word[]): readonly Word[] | null {
  if (!first) return null;
  const name = programName(first.text);
  if (/^(npx|bunx|pnpx)$/.test(name)) return rest;
  return /^(npm (exec|x)|(pnpm|yarn) dlx|bun x)$/.test(`${name} ${rest[0]?.text ?? ''}`) ? rest.slice(1) : null;
}
