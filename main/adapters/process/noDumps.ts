import { writeFileSync } from 'node:fs';

/**
 * Leaves memory out of core dumps of this process and of everything it starts from here on (core(5), coredump_filter):
 * keys and secrets are in it, and a dump is a file that others read. Elsewhere than on Linux the system's own rules hold.
 */
export function leaveMemoryOutOfDumps(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0x0');
  } catch {
    // A kernel without core dumps has nothing to keep out of them.
  }
}
