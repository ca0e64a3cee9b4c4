/** Finding what a command starts (execvp(3), and PATHEXT on Windows). */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, extname, isAbsolute, join, resolve as resolvePath } from 'node:path';
import { Refused } from '../../contract/refusal.ts';
import type { FoundProgram } from '../../services/launch/ports.ts';

export interface Places {
  /** Absolute; where a path with a separator starts from. */
  readonly cwd: string;
  /** A PATH; its relative entries are passed over, because they would hang on the working directory. */
  readonly path: string;
  /** Windows: what is tried after the name, such as `.COM;.EXE;.BAT;.CMD`. */
  readonly extensions?: string;
}

/**
 * The program a command starts, absolute and with links resolved. Throws `Refused('LAUNCH_UNRESOLVED')` whose detail
 * says what was looked for and where, and which of it was found but cannot be run.
 */
export async function resolveProgram(command: string, places: Places): Promise<FoundProgram> {
  const isPath = /[/\\]/.test(process.platform === 'win32' ? command : command.replaceAll('\\', ''));
  const folders = isPath ? [] : places.path.split(delimiter).filter(isAbsolute);
  const bases = isPath ? [resolvePath(places.cwd, command)] : folders.map((folder) => join(folder, command));
  const faults: string[] = [];
  for (const candidate of bases.flatMap((base) => spellings(base, places.extensions))) {
    const fault = await faultOf(candidate);
    if (fault === null) return { found: candidate, path: await realpath(candidate) };
    if (fault !== 'missing') faults.push(`${candidate} ${fault}`);
  }
  const looked = isPath ? (bases[0] ?? command) : folders.join(', ') || 'an empty PATH';
  const detail = faults.length > 0 ? faults.join('; ') : `"${command}" is not in ${looked}`;
  throw new Refused('LAUNCH_UNRESOLVED', isPath && faults.length === 0 ? `${looked} is not there` : detail);
}

function spellings(path: string, extensions = process.env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD'): string[] {
  if (process.platform !== 'win32' || extname(path) !== '') return [path];
  return extensions.split(';').map((extension) => path + extension.toLowerCase());
}

/** Why a path cannot be started; null when it can. */
async function faultOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return 'missing';
  if (!found.isFile()) return 'is not a file';
  return access(path, constants.X_OK).then(
    () => null,
    () => 'may not be executed',
  );
}
