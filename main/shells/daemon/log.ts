import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';

/** A log that grew beyond this is put aside at the start, bytes. */
const LARGEST = 4 << 20;

/** The daemon's own log: faults only, because what happens is in the ledger. */
export function openDaemonLog(folder: string): { fault(error: unknown): void } {
  const file = join(folder, 'daemon.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST) renameSync(file, `${file}.1`);
  const log = pino({ base: { pid: process.pid } }, pino.destination({ dest: file, sync: true, mode: 0o600 }));
  return {
    fault(error) {
      const met = error instanceof Error ? error : new Error(String(error));
      log.error(met);
      process.stderr.write(`A fault of Countersign itself: ${met.message} (${file})\n`);
    },
  };
}
