/** Killing whole trees without holding a handle on each process. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Known, livingMembers } from './members.ts';
import { readProcess, readProcessTable } from './processTable.ts';
import type { ProcStat } from './procStat.ts';

/** Between two looks: long enough for the kernel to carry out what was sent. */
const LOOK_AGAIN_MS = 2;

/** Ourselves and our ancestors, which no search for a tree may ever hit. */
export function ownLine(table: readonly ProcStat[], self: number = process.pid): Set<number> {
  const parents = new Map(table.map((entry) => [entry.pid, entry.parent]));
  const line = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && pid > 0 && !line.has(pid); pid = parents.get(pid)) {
    line.add(pid);
  }
  return line;
}

/** The tree's living processes now; `known` grows by what is found. */
export function lookForTree(known: Known, marked: (pid: number) => boolean): ProcStat[] {
  const table = readProcessTable();
  return livingMembers(table, known, marked, ownLine(table));
}

/**
 * Stops every process of the tree where it stands, so that none forks away while the others are found; when a look
 * finds no further one, kills them all, and looks again until nothing is left or `withinMs` is over. Returns how many
 * were still there: 0 unless a process waits in the kernel.
 */
export async function killTree(known: Known, marked: (pid: number) => boolean, withinMs: number): Promise<number> {
  const deadline = performance.now() + withinMs;
  const halted = new Set<string>();
  for (;;) {
    const living = lookForTree(known, marked);
    if (living.length === 0) return 0;
    const late = performance.now() >= deadline;
    const running = living.filter((member) => !halted.has(identityOf(member)));
    for (const member of running) halted.add(identityOf(member));
    if (running.length > 0 && !late) for (const member of running) signalProcess(member, 'SIGSTOP');
    else for (const member of living) signalProcess(member, 'SIGKILL');
    if (late) return living.length;
    await delay(LOOK_AGAIN_MS);
  }
}

function identityOf({ pid, startTime }: Pick<ProcStat, 'pid' | 'startTime'>): string {
  return `${pid} ${startTime}`;
}

/** Signals exactly this process, not a later one of the same id; false when it is gone. */
export function signalProcess(member: Pick<ProcStat, 'pid' | 'startTime'>, signal: NodeJS.Signals): boolean {
  if (readProcess(member.pid)?.startTime !== member.startTime) return false;
  try {
    return process.kill(member.pid, signal);
  } catch {
    return false; // it ended in between, or it is another account's by now
  }
}
