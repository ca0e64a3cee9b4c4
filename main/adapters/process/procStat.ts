/** One line of /proc/<pid>/stat (proc(5)). */

export interface ProcStat {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot: with the id, it names one process for good. */
  readonly startTime: string;
  /** Ended, but not yet collected by its parent. */
  readonly dead: boolean;
}

/** Reads the line; the name in parentheses may itself hold spaces and parentheses. Null when it is no such line. */
export function readStat(text: string): ProcStat | null {
  const closing = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(closing + 2).split(' ');
  const startTime = fields[19];
  if (closing < 0 || !(pid > 0) || startTime === undefined) return null;
  return {
    pid,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    startTime,
    dead: fields[0] === 'Z' || fields[0] === 'X',
  };
}
