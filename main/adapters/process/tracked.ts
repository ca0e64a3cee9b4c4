/** Holding a tree by knowing its processes: where there is no PID namespace. */
import { KILL_WITHIN_MS, type Started, type TreeHold } from './hold.ts';
import { killTree, lookForTree } from './kill.ts';
import { markOf } from './mark.ts';
import { forgetDead, type Known, newKnown } from './members.ts';
import { type WatchdogCommand, WatchdogLine } from './watchdogLine.ts';

/** A tree detaches most often while it starts, so it is looked at often then. */
const EARLY_LOOKS_MS = [50, 100, 200, 400, 800];
const LATER_LOOKS_MS = 2000;

/**
 * Trees are known by process group, session, parentage and the mark in their environment. Looking again and again
 * catches those that clean their environment and detach later; what does both between two looks escapes, which is why
 * a namespace is preferred. The watchdog kills what is known when this process is killed.
 */
export function trackedHold(run: string, command: WatchdogCommand): TreeHold {
  const trees = new Map<string, Known>();
  const watchdog = new WatchdogLine(command, run);
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;

  const look = () => {
    for (const [mark, known] of trees) {
      const living = lookForTree(known, (pid) => markOf(pid) === mark);
      forgetDead(known, living);
      watchdog.tell(living);
    }
    schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    if (trees.size === 0) return;
    timer = setTimeout(look, EARLY_LOOKS_MS[looks++] ?? LATER_LOOKS_MS).unref();
  };

  return {
    isolation: 'process group',
    prepare: () => watchdog.ready(),
    wrap: (program, args) => ({ program, args }),
    began(tree) {
      trees.set(tree.mark, newKnown(tree));
      watchdog.tell([tree]);
      looks = 0;
      schedule();
    },
    terminate(tree) {
      try {
        process.kill(-tree.pid, 'SIGTERM');
      } catch {
        // nobody is left in the group
      }
    },
    async kill(tree: Started) {
      const known = trees.get(tree.mark) ?? newKnown();
      const survivors = await killTree(known, (pid) => markOf(pid) === tree.mark, KILL_WITHIN_MS);
      trees.delete(tree.mark);
      return survivors;
    },
    async close() {
      clearTimeout(timer);
      await watchdog.close();
    },
  };
}
