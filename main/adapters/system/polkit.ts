/** The system's own authentication on Linux, by polkit's two command-line programs (polkit(8)). */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readStat } from '../process/procStat.ts';
import { spawnBare } from '../process/spawnBare.ts';

/** Installed with the package (`resources/polkit`); it asks for the person's own password each time. */
const ACTION = 'dev.countersign.approve';

/** Asks the system whether the person is there; false when they decline or fail. */
export type Authenticate = () => Promise<boolean>;

/**
 * How to ask here; null where polkit or our action is not installed. The programs are taken from `folder` alone, never
 * from the PATH, which another program may have set.
 */
export async function openPolkit(folder = '/usr/bin'): Promise<Authenticate | null> {
  const known = await succeeds(join(folder, 'pkaction'), ['--action-id', ACTION]);
  if (!known) return null;
  return async () => {
    const stat = readStat(await readFile(`/proc/${process.pid}/stat`, 'utf8'));
    if (stat === null) return false;
    const subject = `${process.pid},${stat.startTime},${process.getuid?.() ?? ''}`;
    const args = ['--action-id', ACTION, '--process', subject, '--allow-user-interaction'];
    return succeeds(join(folder, 'pkcheck'), args);
  };
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    const [code] = await once(spawnBare(program, args), 'exit');
    return code === 0;
  } catch {
    // Not there, or nothing more can be started or opened now: then nobody has shown who they are.
    return false;
  }
}
