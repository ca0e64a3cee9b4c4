/** All processes of the machine, as far as they concern a process tree. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type ProcStat, readStat } from './procStat.ts';

/** Reads the table at once and blocking, so that little can move meanwhile. Empty where the system has no such table. */
export function readProcessTable(platform: string = process.platform): ProcStat[] {
  if (platform === 'linux') return readProc();
  if (platform === 'darwin') return readPs();
  return [];
}

/** One process; undefined when it is gone. */
export function readProcess(pid: number): ProcStat | undefined {
  if (process.platform !== 'linux') return readProcessTable().find((entry) => entry.pid === pid);
  return statOf(String(pid));
}

/** Linux: ids of a process's children, and theirs, without reading the whole table. */
export function descendants(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return []; // it ended meanwhile
  }
}

function readProc(): ProcStat[] {
  return readdirSync('/proc').flatMap((name) => (/^\d/.test(name) ? (statOf(name) ?? []) : []));
}

function statOf(pid: string): ProcStat | undefined {
  try {
    return readStat(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? undefined;
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** macOS: `lstart` has seconds only, which together with the id is enough to tell processes apart. */
function readPs(): ProcStat[] {
  const columns = 'pid=,ppid=,pgid=,sess=,state=,lstart=';
  const output = execFileSync('/bin/ps', ['-axo', columns], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  return output.split('\n').flatMap((line) => {
    const [pid, parent, group, session, state, ...start] = line.trim().split(/\s+/);
    if (!pid || !state) return [];
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      // Without a session number (macOS prints 0 for most), the group has to do.
      session: Number.parseInt(session ?? '0', 16) || Number(group),
      startTime: start.join(' '),
      dead: state.startsWith('Z'),
    };
  });
}
