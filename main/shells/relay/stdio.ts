/** Standard input and output as streams that never block this process. */
import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/**
 * `process.stdout` writes to pipes synchronously on Linux and macOS: a client that is slow to read would then also stop
 * us from reading what it sends. A socket over the same descriptor waits without blocking; files have no such trouble.
 */
export function openStdio(): { input: Readable; output: Writable } {
  return {
    input: isPipe(0) ? new Socket({ fd: 0, readable: true, writable: false }).pause() : process.stdin,
    output: isPipe(1) ? new Socket({ fd: 1, readable: false, writable: true }) : process.stdout,
  };
}

function isPipe(fd: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    const stat = fstatSync(fd);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}
