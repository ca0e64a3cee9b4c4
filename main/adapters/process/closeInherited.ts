/** Descriptors that a process has from its parent although nobody gave them to it. */
import { closeSync, fstatSync, readdirSync, readFileSync } from 'node:fs';

/** open(2): not handed on to programs. Node opens all its own with it. */
const O_CLOEXEC = 0o2000000;

/**
 * Closes what this process inherited beyond its first `given` descriptors. Call it before anything is opened: until then
 * Node has neither sockets nor files of its own. A pipe below 16 may have been marked by Node as if it were its own; it
 * stays, and goes no further.
 *
 * On Linux Electron leaves its descriptors open to whatever it starts, the sockets to its windows among them. Who holds
 * those too could speak to a window in the app's place, and keeps the app from seeing that a process of its own has died.
 */
export function closeInherited(given: number): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc/self/fd')) {
    const descriptor = Number(name);
    if (descriptor >= given && isForeign(descriptor)) closeSync(descriptor);
  }
}

function isForeign(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (found.isSocket() || found.isFile()) return true;
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '';
    return (Number.parseInt(flags, 8) & O_CLOEXEC) === 0;
  } catch {
    // The one that the folder was read through.
    return false;
  }
}
