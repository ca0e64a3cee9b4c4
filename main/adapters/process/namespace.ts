/** Holding a tree in a PID namespace of its own (bubblewrap): the kernel kills all of it when its first process ends. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { SpawnPlan } from '../../services/supervisor/ports.ts';
import { confine } from '../sandbox/confine.ts';
import { KILL_WITHIN_MS, type TreeHold, type Wrapped } from './hold.ts';
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
  if (process.platform !== 'linux' || !bwrap || !(await works(heldBy(bwrap, TRIAL)))) return null;
  const confines = confine(TRIAL) !== null && (await works(confinedBy(bwrap, TRIAL)));
  return {
    isolation: 'private process ids (bubblewrap)',
    confines,
    prepare: async () => {},
    wrap: (plan) => (confines ? confinedBy(bwrap, plan) : heldBy(bwrap, plan)),
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

/** Starts nothing but this Node, which says its version, in everything a confinement can ask for. */
const TRIAL: SpawnPlan = {
  server: 'trial',
  program: process.execPath,
  args: ['--version'],
  cwd: '/',
  env: {},
  confinement: {
    network: false,
    home: '/',
    writes: [],
    reads: [],
    shows: [process.execPath],
    hides: ['/etc/hostname'],
    keeps: [],
    caches: [],
  },
};

function heldBy(bwrap: string, { program, args }: SpawnPlan): Wrapped {
  return { program: bwrap, args: [...OPTIONS, program, ...args] };
}

/** With nothing to confine, or no way to, the tree is still held. */
function confinedBy(bwrap: string, plan: SpawnPlan): Wrapped {
  const confined = confine(plan);
  if (!confined) return heldBy(bwrap, plan);
  return { program: bwrap, args: [...confined.args, '--', plan.program, ...plan.args], rules: confined.rules };
}

/** Whether the wrapped program ran, and said something. */
async function works({ program, args, rules }: Wrapped): Promise<boolean> {
  const child = spawn(program, [...args], {
    env: {},
    stdio: ['ignore', 'pipe', 'ignore', rules ? 'pipe' : 'ignore'],
    signal: AbortSignal.timeout(TRIAL_MS),
    killSignal: 'SIGKILL',
  });
  const pipe = child.stdio[3];
  if (pipe instanceof Writable) pipe.on('error', () => {}).end(rules);
  const failed = new Promise<string>((resolve) => child.once('error', () => resolve('')));
  const said = child.stdout ? await Promise.race([text(child.stdout), failed]) : '';
  return said.startsWith('v');
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
