/** The files of what a launch starts by way of other programs: behind wrappers, in a shell's script, as a preload or a module. */
import { resolve } from 'node:path';
import type { LaunchFile } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import type { Start } from '../../core/launch/reading.ts';
import type { ProgramFiles } from './ports.ts';
import { launchFile, type Places, programChain } from './programChain.ts';

/** What Node tries for a name that is no file (its documentation, "Folders as modules"), and Python for a folder. */
const SCRIPT_ENDINGS = [
  '.js',
  '.json',
  '.node',
  '/package.json',
  '/index.js',
  '/index.json',
  '/index.node',
  '/__main__.py',
];
const MODULE_ENDINGS = ['.py', '/__init__.py', '/__main__.py'];

export interface StartedPlaces extends Places {
  /** The server's HOME, for `~`. */
  readonly home: string | undefined;
}

/** `unbound` are those of which there is no file. Throws `Refused('LAUNCH_UNRESOLVED')` for a file that cannot be read. */
export async function startedFiles(
  started: readonly Start[],
  places: StartedPlaces,
  files: ProgramFiles,
): Promise<{ files: LaunchFile[]; unbound: Start[] }> {
  const found: LaunchFile[] = [];
  const unbound: Start[] = [];
  for (const start of started) {
    const its = await filesOf(start, places, files);
    found.push(...its.filter((file) => !found.some((one) => one.role === file.role && one.path === file.path)));
    if (its.length === 0 && !start.alternative) unbound.push(start);
  }
  return { files: found, unbound };
}

async function filesOf(
  { role, word, folders, ownPath }: Start,
  places: StartedPlaces,
  files: ProgramFiles,
): Promise<LaunchFile[]> {
  const cwd = resolve(places.cwd, ...folders.map((folder) => expanded(folder, places)));
  const text = expanded(word.text, places);
  if (role === 'program' && ownPath && !/[/\\]/.test(text)) return [];
  if (role === 'program') {
    try {
      const program = await files.resolve(text, { cwd, path: places.path });
      return await programChain(word.text, program, { cwd, path: places.path }, files);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  const withEndings = async (name: string, written: string, endings: readonly string[]): Promise<LaunchFile[]> => {
    const found: LaunchFile[] = [];
    for (const ending of endings) {
      const file = await files.file(`${name}${ending}`, cwd);
      if (file) found.push(await launchFile('script', `${written}${ending}`, file, files));
    }
    return found;
  };
  if (role === 'module') return withEndings(text.replaceAll('.', '/'), word.text, MODULE_ENDINGS);
  const exact = await withEndings(text, word.text, ['']);
  if (exact.length > 0) return exact;
  // Whichever of them is taken, all that could be are bound: one that comes before another would be taken in its place.
  const main = await files.main(text, cwd);
  const named =
    main === null ? [] : await withEndings(`${text}/${main}`, `${word.text}/${main}`, ['', '.js', '/index.js']);
  return [...(await withEndings(text, word.text, SCRIPT_ENDINGS)), ...named];
}

/** With the person's home folder in its place, and a file's address as its path. */
function expanded(text: string, { home }: StartedPlaces): string {
  const path = text.replace(/^file:\/\//i, '');
  return home === undefined ? path : path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, () => home);
}
