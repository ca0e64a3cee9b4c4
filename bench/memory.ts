import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { endChild } from './linePeer.ts';

/** Resident memory of a process in MiB; NaN when it cannot be read. */
export async function residentMiB(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  }
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) / 1024;
}

/** Resident memory in MiB of a Node that does nothing but wait on its stdin, as a relay does. */
export async function bareNodeMiB(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume();process.stdout.write("x")'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const used = await residentMiB(child.pid ?? 0);
  await endChild(child);
  return used;
}
