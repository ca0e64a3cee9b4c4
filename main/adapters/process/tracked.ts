/** Holding a tree by knowing its processes: where there is no PID namespace. */
import { KILL_WITHIN_MS, type Started, type TreeHold } from './hold.ts';
import { killTree } from './kill.ts';
import { markOf } from './mark.ts';
import { type Known, type Member, newKnown } from './members.ts';
import { descendants, readProcess } from './processTable.ts';
import { type WatchdogCommand, WatchdogLine } from './watchdogLine.ts';

/** A tree detaches most often while it starts, so it is looked at often then; a look costs tens of microseconds. */
const EARLY_LOOK_MS = 20;
const EARLY_LOOKS = 100;
const LATER_LOOK_MS = 250;

/** What a launch says of trees that are held this way. */
export const TRACKED = 'process group';

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
    for (const known of trees.values()) watchdog.tell(newMembers(known));
    schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    if (trees.size === 0 || process.platform !== 'linux') return;
    timer = setTimeout(look, looks++ < EARLY_LOOKS ? EARLY_LOOK_MS : LATER_LOOK_MS).unref();
  };

  return {
    isolation: TRACKED,
    confines: false,
    prepare: () => watchdog.ready(),
    wrap: ({ program, args }) => ({ program, args }),
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

/** Children that members of the tree got since the last look; members that ended are forgotten. */
function newMembers(known: Known): Member[] {
  const news: Member[] = [];
  for (const [pid, startTime] of [...known.members]) {
    if (readProcess(pid)?.startTime !== startTime) known.members.delete(pid);
    else {
      for (const child of descendants(pid)) {
        const found = readProcess(child);
        if (!found || known.members.get(child) === found.startTime) continue;
        known.members.set(child, found.startTime);
        news.push(found);
      }
    }
  }
  return news;
}
