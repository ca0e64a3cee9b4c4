/** The files of what a launch starts by way of other programs: behind wrappers, in a shell's script, as a preload or a module. */
import { resolve } from 'node:path';
import type { LaunchFile } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import type { Start } from '../../core/launch/reading.ts';
import type { ProgramFiles } from './ports.ts';
import { launchFile, type Places, programChain } from './programChain.ts';

/** What an interpreter tries for a name that is no file: Node's modules and folders, Python's folders. */
const SCRIPT_ENDINGS = ['', '.js', '.cjs', '.mjs', '.json', '/package.json', '/index.js', '/__main__.py'];
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
    if (its.length === 0) unbound.push(start);
  }
  return { files: found, unbound };
}

async function filesOf(
  { role, word, folders }: Start,
  places: StartedPlaces,
  files: ProgramFiles,
): Promise<LaunchFile[]> {
  const cwd = resolve(places.cwd, ...folders.map((folder) => expanded(folder, places)));
  const text = expanded(word.text, places);
  if (role === 'program') {
    try {
      const program = await files.resolve(text, { cwd, path: places.path });
      return await programChain(word.text, program, { cwd, path: places.path }, files);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  const name = role === 'module' ? text.replaceAll('.', '/') : text;
  const found: LaunchFile[] = [];
  for (const ending of role === 'module' ? MODULE_ENDINGS : SCRIPT_ENDINGS) {
    const file = await files.file(`${name}${ending}`, cwd);
    if (file) found.push(await launchFile('script', `${word.text}${ending}`, file, files));
  }
  return found;
}

/** With the person's home folder in its place, and a file's address as its path. */
function expanded(text: string, { home }: StartedPlaces): string {
  const path = text.replace(/^file:\/\//i, '');
  return home === undefined ? path : path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, () => home);
}
