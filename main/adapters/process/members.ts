/** Which processes belong to a tree, from one look at the process table. */
import type { ProcStat } from './procStat.ts';

/** A process for good: its id and when it started. */
export interface Member {
  readonly pid: number;
  readonly startTime: string;
}

/** What is known of a tree from earlier looks; grows while the tree lives. */
export interface Known {
  readonly members: Map<number, string>;
  /** Sessions and groups that only this tree's processes can be in: made by one of them, and joined by inheritance. */
  readonly sessions: Set<number>;
  readonly groups: Set<number>;
}

/** Starts with a root that leads its own session and group, as `detached` children do, or with nothing. */
export function newKnown(root?: Member): Known {
  const own = root ? [root.pid] : [];
  const members = new Map(root ? [[root.pid, root.startTime]] : []);
  return { members, sessions: new Set(own), groups: new Set(own) };
}

/**
 * Living processes of the tree: those known and still the same, those `marked`, and to the end of it everyone's
 * children and fellows of session and group. `spared` processes (ourselves and our ancestors) and their sessions and
 * groups are never members. What is found is added to `known`.
 */
export function livingMembers(
  table: readonly ProcStat[],
  known: Known,
  marked: (pid: number) => boolean,
  spared: ReadonlySet<number>,
): ProcStat[] {
  const spare = table.filter((entry) => spared.has(entry.pid));
  const sparedSessions = new Set(spare.map((entry) => entry.session));
  const sparedGroups = new Set(spare.map((entry) => entry.group));
  const found = new Set<ProcStat>();
  const pids = new Set<number>();

  const add = (entry: ProcStat) => {
    found.add(entry);
    pids.add(entry.pid);
    known.members.set(entry.pid, entry.startTime);
    if (!sparedSessions.has(entry.session)) known.sessions.add(entry.session);
    if (!sparedGroups.has(entry.group)) known.groups.add(entry.group);
  };

  const candidates = table.filter((entry) => !entry.dead && !spared.has(entry.pid) && entry.pid > 1);
  for (const entry of candidates) {
    if (known.members.get(entry.pid) === entry.startTime || marked(entry.pid)) add(entry);
  }
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const entry of candidates) {
      if (found.has(entry)) continue;
      if (pids.has(entry.parent) || known.sessions.has(entry.session) || known.groups.has(entry.group)) add(entry);
    }
  }
  return [...found];
}
