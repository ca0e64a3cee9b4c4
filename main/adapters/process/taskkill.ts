/** Holding a tree on Windows, where parentage is all there is without a job object. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Started, TreeHold } from './hold.ts';

/** Ends a tree with taskkill(1); a process whose parent already ended is not found. */
export function taskkillHold(): TreeHold {
  const taskkill = join(process.env.SYSTEMROOT ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  const end = (tree: Started, ...flags: string[]) =>
    new Promise<boolean>((resolve) => {
      execFile(taskkill, ['/PID', String(tree.pid), '/T', ...flags], { windowsHide: true }, (error) =>
        resolve(error === null),
      );
    });
  return {
    isolation: 'process tree',
    confines: false,
    prepare: async () => {},
    wrap: ({ program, args }) => ({ program, args }),
    began: () => {},
    terminate: (tree) => void end(tree),
    async kill(tree) {
      await end(tree, '/F');
      return 0;
    },
    close: async () => {},
  };
}
