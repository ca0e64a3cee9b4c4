/** The mark in the environment by which a tree's processes are recognised after they detached. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const MARK_NAME = 'COUNTERSIGN_INSTANCE';

/** Marks read `<home>.<run>.<instance>`: whose daemon, which run of it, which tree. */
export interface Marks {
  /** Prefix of every mark any daemon of this folder ever gave. */
  readonly home: string;
  /** Prefix of the marks of this run. */
  readonly run: string;
}

/** The marks of a new run of the daemon that keeps its state in `stateFolder`. */
export function newMarks(stateFolder: string): Marks {
  const home = `${createHash('sha256').update(stateFolder).digest('hex').slice(0, 16)}.`;
  return { home, run: `${home}${randomBytes(8).toString('hex')}.` };
}

/** The mark a process was started with; null when it has none or belongs to somebody else. */
export function markOf(pid: number, platform: string = process.platform): string | null {
  try {
    const text = platform === 'darwin' ? psEnvironment(pid) : readFileSync(`/proc/${pid}/environ`, 'latin1');
    return new RegExp(`(?:^|[\\0 ])${MARK_NAME}=([0-9a-z.-]+)`).exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}

function psEnvironment(pid: number): string {
  return execFileSync('/bin/ps', ['-Eww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}
