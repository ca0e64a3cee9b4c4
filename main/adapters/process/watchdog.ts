/** The watchdog: waits for its master to end, then kills every tree the master held (SECURITY.md, figures: processes). */
import type { Readable } from 'node:stream';
import { killTree } from './kill.ts';
import { markOf } from './mark.ts';
import { newKnown } from './members.ts';

const KILL_WITHIN_MS = 10_000;

/**
 * Reads lines `pid startTime` until `input` ends, however it ends; then kills those processes, everything marked with
 * the prefix `run`, and their fellows. Resolves with the number of survivors.
 */
export async function watchOver(input: Readable, run: string): Promise<number> {
  const known = newKnown();
  let rest = '';
  input.setEncoding('utf8');
  await new Promise<void>((resolve) => {
    input.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const space = line.indexOf(' ');
        known.members.set(Number(line.slice(0, space)), line.slice(space + 1));
      }
    });
    input.once('close', resolve);
    input.once('end', resolve);
    input.once('error', () => resolve());
  });
  return killTree(known, (pid) => markOf(pid)?.startsWith(run) ?? false, KILL_WITHIN_MS);
}
