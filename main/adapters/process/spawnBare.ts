/** Starting a program that gets none of this process's descriptors. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';

/** What other threads may open between the look and the start. */
const SPARE = 64;

/**
 * Starts a program that has the null device in place of every descriptor, the first three included. Linux only: there
 * Electron leaves its sockets and files open to whatever it starts, and Node closes none in a child (closeInherited.ts).
 */
export function spawnBare(program: string, args: readonly string[]): ChildProcess {
  const nothing = openSync('/dev/null', 'r+');
  try {
    const highest = Math.max(...readdirSync('/proc/self/fd').map(Number));
    return spawn(program, args, { stdio: Array(highest + 1 + SPARE).fill(nothing) });
  } finally {
    closeSync(nothing);
  }
}
