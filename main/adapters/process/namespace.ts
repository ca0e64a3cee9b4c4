/** Holding a tree in a PID namespace of its own (bubblewrap): the kernel kills all of it when its first process ends. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { KILL_WITHIN_MS, type TreeHold } from './hold.ts';
import { killTree, signalProcess } from './kill.ts';
import { markOf } from './mark.ts';
import { newKnown } from './members.ts';
import { descendants, readProcess } from './processTable.ts';

/** Fixed places, because a PATH may hold somebody else's. */
const PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap'];
const OPTIONS = ['--unshare-pid', '--die-with-parent', '--dev-bind', '/', '/', '--proc', '/proc', '--'];
/** Long, because a trial that fails on a busy machine would change what people agreed to. */
const TRIAL_MS = 10_000;

/** Tries bubblewrap once; null where it is missing or the system forbids it. */
export async function namespaceHold(): Promise<TreeHold | null> {
  const bwrap = PLACES.find(executable);
  if (process.platform !== 'linux' || !bwrap || !(await works(bwrap))) return null;
  return {
    isolation: 'private process ids (bubblewrap)',
    prepare: async () => {},
    wrap: (program, args) => ({ program: bwrap, args: [...OPTIONS, program, ...args] }),
    began: () => {},
    terminate(tree) {
      // bubblewrap itself would die of it and take the rest along at once, so it is left out.
      for (const pid of descendants(tree.pid)) {
        const member = readProcess(pid);
        if (member?.group === tree.pid) signalProcess(member, 'SIGTERM');
      }
    },
    // Killing bubblewrap is enough; looking until its marked first process is gone tells when the kernel is done.
    kill: (tree) => killTree(newKnown(tree), (pid) => markOf(pid) === tree.mark, KILL_WITHIN_MS),
    close: async () => {},
  };
}

function works(bwrap: string): Promise<boolean> {
  const options = { env: {}, timeout: TRIAL_MS };
  return new Promise((resolve) => {
    execFile(bwrap, [...OPTIONS, process.execPath, '--version'], options, (error) => resolve(error === null));
  });
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
