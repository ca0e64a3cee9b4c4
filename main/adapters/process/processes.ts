/** Starting servers' process trees (PRODUCT.md S1, S2). */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn as nodeSpawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { Writable } from 'node:stream';
import crossSpawn from 'cross-spawn';
import { Refused } from '../../contract/refusal.ts';
import type { Processes, SpawnPlan } from '../../services/supervisor/ports.ts';
import { processTree, STOP_GRACES, type StopGraces } from './child.ts';
import type { TreeHold } from './hold.ts';
import { killTree } from './kill.ts';
import { MARK_NAME, type Marks, markOf, newMarks } from './mark.ts';
import { newKnown } from './members.ts';
import { namespaceHold } from './namespace.ts';
import { readProcess } from './processTable.ts';
import { taskkillHold } from './taskkill.ts';
import { trackedHold } from './tracked.ts';
import type { WatchdogCommand } from './watchdogLine.ts';

export interface ProcessesOptions {
  /** The daemon's state folder: tells its trees from those of other daemons. */
  readonly stateFolder: string;
  readonly watchdog: WatchdogCommand;
  readonly graces?: StopGraces;
  /** `namespace` where it works, otherwise `tracked`; given to insist on the weaker one. */
  readonly hold?: 'tracked';
}

export interface OpenProcesses extends Processes {
  /** Processes of an earlier run of this daemon, killed before anything else started. */
  readonly swept: number;
  /** Lets the watchdog go. Trees are stopped by their owner before. */
  close(): Promise<void>;
}

/**
 * Chooses how trees are held and kills what an earlier run left behind. Call it only while holding the daemon's lock:
 * whatever carries a mark of this folder then belongs to nobody.
 */
export async function openProcesses(options: ProcessesOptions): Promise<OpenProcesses> {
  const marks = newMarks(options.stateFolder);
  const swept = await sweep(marks);
  const hold = await chooseHold(options, marks);
  return {
    isolation: hold.isolation,
    confines: hold.confines,
    swept,
    spawn: async (plan, instance) => {
      const mark = `${marks.run}${instance}`;
      await hold.prepare();
      const child = await start(plan, mark, hold);
      const pid = child.pid as number;
      const tree = { pid, startTime: readProcess(pid)?.startTime ?? '', mark };
      hold.began(tree);
      return processTree(child, tree, hold, options.graces ?? STOP_GRACES);
    },
    close: () => hold.close(),
  };
}

async function chooseHold(options: ProcessesOptions, marks: Marks): Promise<TreeHold> {
  if (process.platform === 'win32') return taskkillHold();
  const namespace = options.hold === 'tracked' ? null : await namespaceHold();
  return namespace ?? trackedHold(marks.run, options.watchdog);
}

const SWEEP_WITHIN_MS = 2000;

async function sweep(marks: Marks): Promise<number> {
  if (process.platform === 'win32') return 0;
  const known = newKnown();
  await killTree(known, (pid) => markOf(pid)?.startsWith(marks.home) ?? false, SWEEP_WITHIN_MS);
  return known.members.size;
}

async function start(plan: SpawnPlan, mark: string, hold: TreeHold): Promise<ChildProcessWithoutNullStreams> {
  checkPlan(plan);
  const { program, args, rules } = hold.wrap(plan);
  const spawn = (process.platform === 'win32' ? crossSpawn : nodeSpawn) as typeof nodeSpawn;
  try {
    const child = spawn(program, [...args], {
      cwd: plan.cwd,
      env: { ...plan.env, [MARK_NAME]: mark },
      stdio: rules ? ['pipe', 'pipe', 'pipe', 'pipe'] : 'pipe',
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    handOver(child, rules);
    await once(child, 'spawn');
    return child as ChildProcessWithoutNullStreams;
  } catch (error) {
    throw new Refused('SPAWN_FAILED', `${plan.program}: ${(error as NodeJS.ErrnoException).code ?? 'not started'}`);
  }
}

/** Writes the rules to descriptor 3; a wrapping program that ends before it has read them tells so by its exit. */
function handOver(child: ChildProcess, rules: Uint8Array | undefined): void {
  const pipe = child.stdio[3];
  if (!rules || !(pipe instanceof Writable)) return;
  pipe.on('error', () => {});
  pipe.end(rules);
}

/** Finds what the namespace's own program would only report on stderr. */
function checkPlan({ program, cwd }: SpawnPlan): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    throw new Refused('SPAWN_FAILED', `${program} may not be executed`);
  }
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refused('SPAWN_FAILED', `the working directory ${cwd} is not there`);
  }
}
