import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { programOf } from '../../adapters/system/program.ts';
import { Refused } from '../../contract/refusal.ts';

/** Where a package of this platform has the app's own program, from the folder that holds what Node runs. */
export function appProgram(root: string, platform: string = process.platform): string | null {
  if (platform === 'linux') return join(root, '..', '..', 'countersign');
  if (platform === 'darwin') return join(root, '..', '..', 'MacOS', 'Countersign');
  // Windows tells nobody which program a process runs without a native module.
  return null;
}

/**
 * Who starts the daemon with `--app` holds its approving pipe, so that has to be the app itself: the parent, older than
 * this process, runs `program`. Throws `Refused('NOT_THE_APP')`. It tells our program from any other one; it does not
 * tell our program from itself under a debugger, nor from a copy of everything (docs/threat-model.md).
 */
export async function checkStartedByApp(program: string, own = process.pid, parent = process.ppid): Promise<void> {
  const [here, there] = await Promise.all([programOf(own), programOf(parent)]);
  const expected = await realpath(program).catch(() => null);
  if (there === null || here === null || expected === null || there.program !== expected)
    throw new Refused('NOT_THE_APP', `${there?.program ?? `process ${parent}`} did`);
  // A process id that was given anew is younger than its supposed child; clock ticks where the system counts in them.
  if (Number(there.startTime) > Number(here.startTime) || here.parent !== parent)
    throw new Refused('NOT_THE_APP', 'what started it has ended');
}
