/** The files of a program: itself, and the interpreters that first lines name. */
import type { LaunchFile } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import { parseShebang } from '../../core/launch/shebang.ts';
import type { FoundProgram, ProgramFiles } from './ports.ts';

/** A chain of interpreters longer than this does not end. */
const MOST_INTERPRETERS = 4;

/** Where programs are looked for: an absolute folder, and a PATH. */
export interface Places {
  readonly cwd: string;
  readonly path: string;
}

/** The program, then the interpreter its first line names, then that one's. */
export async function programChain(
  written: string,
  program: FoundProgram,
  places: Places,
  files: ProgramFiles,
): Promise<LaunchFile[]> {
  const chain = [await launchFile('program', written, program, files)];
  let current = program;
  for (let depth = 0; depth < MOST_INTERPRETERS; depth++) {
    const facts = await files.file(current.path, '/');
    const shebang = facts && parseShebang(facts.head);
    if (!shebang) return chain;
    if (shebang.program !== null) {
      const env = await files.resolve(shebang.interpreter, places);
      chain.push(await launchFile('program', shebang.interpreter, env, files));
    }
    const interpreter = shebang.program ?? shebang.interpreter;
    current = await files.resolve(interpreter, places);
    chain.push(await launchFile('program', interpreter, current, files));
  }
  throw new Refused('LAUNCH_UNRESOLVED', `${program.found}: its interpreters do not end`);
}

/** A file as it takes part in a launch. Throws `Refused('LAUNCH_UNRESOLVED')` when it cannot be read. */
export async function launchFile(
  role: LaunchFile['role'],
  written: string,
  { found, path }: FoundProgram,
  files: ProgramFiles,
): Promise<LaunchFile> {
  return { role, written, path, ...(found === path ? {} : { found }), ...(await files.hash(path)) };
}
