import { fileURLToPath } from 'node:url';
import type { WatchdogCommand } from './watchdogLine.ts';

/** How the watchdog is started: this Node, and the program beside this one. */
export function watchdogCommand(): WatchdogCommand {
  const entry = fileURLToPath(new URL('./watchdogMain.ts', import.meta.url));
  return { program: process.execPath, args: ['--disable-sigusr1', entry] };
}
