/**
 * Who is at the other end. Node offers no peer credentials, so this is what is proved and what is not:
 * that the peer is of this account (or root) is proved by the kernel, which lets nobody else search the 0700 folder
 * that holds the socket; that it may read `connect.json` is proved by the handshake; the process id is its own claim,
 * checked here only for not contradicting the first. Programs found through it are "reported", never proved.
 */
import { readFileSync, statSync } from 'node:fs';

/** A process as the operating system reports it now. */
export interface ReportedPeer {
  readonly pid: number;
  /** Clock ticks since boot at which it started (`/proc/PID/stat`, field 22): tells a process from a later one of the same id. */
  readonly startTime: string;
}

/**
 * Looks the claimed process up. `undefined` where the system gives no answer (not Linux);
 * `'other-account'` or `'gone'` when the claim contradicts what the socket's folder guarantees.
 */
export function reportedPeer(pid: number): ReportedPeer | 'other-account' | 'gone' | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const owner = statSync(`/proc/${pid}`).uid;
    if (owner !== process.getuid?.() && owner !== 0) return 'other-account';
    // The program's name may hold spaces and brackets: count fields from after the last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return startTime === undefined ? 'gone' : { pid, startTime };
  } catch {
    return 'gone';
  }
}
