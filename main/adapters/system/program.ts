/** What the operating system says of a running program (SECURITY.md rule 6). */
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readStat } from '../process/procStat.ts';

/** `startTime` tells a process from a later one of the same id; compare it, do not read it. */
export interface RunningProgram {
  readonly pid: number;
  readonly startTime: string;
  /** Absolute path of the executable; null when the system does not tell. */
  readonly program: string | null;
  /** The parent's process id. */
  readonly parent: number;
}

/** The program running as `pid`, from /proc on Linux and ps(1) on macOS; null when it is gone or the system gives no answer. */
export async function programOf(pid: number, platform: string = process.platform): Promise<RunningProgram | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  if (platform === 'linux') return fromProc(pid);
  if (platform === 'darwin') return fromPs(pid);
  return null;
}

async function fromProc(pid: number): Promise<RunningProgram | null> {
  const before = await statOf(pid);
  if (!before) return null;
  const program = await readlink(`/proc/${pid}/exe`).catch(() => null);
  const after = await statOf(pid);
  if (after?.startTime !== before.startTime) return null;
  return { pid, startTime: before.startTime, program, parent: before.parent };
}

async function statOf(pid: number) {
  return readFile(`/proc/${pid}/stat`, 'utf8').then(readStat, () => null);
}

async function fromPs(pid: number): Promise<RunningProgram | null> {
  const options = { env: { LC_ALL: 'C' } };
  const output = await promisify(execFile)('/bin/ps', ['-o', 'ppid=,lstart=,comm=', '-p', String(pid)], options).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  // "  501 Sat Nov 21 03:39:01 2026     /path with spaces"
  const match = /^(\d+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.+)$/.exec(output);
  if (!match) return null;
  const [, parent, startTime, program] = match as unknown as [string, string, string, string];
  return { pid, startTime, program: program.startsWith('/') ? program : null, parent: Number(parent) };
}
