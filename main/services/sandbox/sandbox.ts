/** What servers reach of the machine: said in the launch, and handed to whoever starts them (SECURITY.md rule 16). */
import { resolve } from 'node:path';
import type { LaunchFile } from '../../contract/launch.ts';
import type { Reach } from '../../contract/sandbox.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { namedPaths } from '../../core/sandbox/named.ts';
import { cachePlaces, hiddenPlaces, keptPlaces } from '../../core/sandbox/places.ts';
import { reachOf, sandboxWish } from '../../core/sandbox/reach.ts';
import type { RealPath } from '../grants/ports.ts';
import type { Confinement } from '../supervisor/ports.ts';

export interface SandboxParts {
  /** `Processes.confines`. */
  readonly enforced: boolean;
  /** The person's home folder, links resolved. */
  readonly home: string;
  /** Our own folders, by every name they have. */
  readonly own: readonly string[];
  /** The folder inside of those in which servers' own folders lie. */
  readonly work: string;
  readonly realPath: RealPath;
  /** Whether this is a file that can be started: never something to work on. */
  readonly isProgram: (path: string) => Promise<boolean>;
}

export interface Sandbox {
  /** What this entry's server would reach, started in `cwd` with these programs and scripts. */
  reach(entry: ServerEntry, cwd: string, files: readonly LaunchFile[]): Promise<Reach>;
  /** The same for whoever starts it; null where nothing is held. */
  confinement(server: string, reach: Reach, files: readonly LaunchFile[]): Promise<Confinement | null>;
}

export function openSandbox(parts: SandboxParts): Sandbox {
  const { home, own, work, realPath, isProgram } = parts;
  return {
    async reach(entry, cwd, files) {
      const { preset, write } = sandboxWish(entry.sandbox);
      const code = new Set(files.map(({ path }) => path));
      const named: string[] = [];
      for (const path of [...namedPaths(entry), ...write.map((path) => path.replace(/^~(?=\/|$)/, home))]) {
        const real = await realPath(resolve(cwd, path));
        if (real !== null && !code.has(real) && !(await isProgram(real))) named.push(real);
      }
      return reachOf(preset, { enforced: parts.enforced, home, own, lent: [work], cwd, named });
    },

    async confinement(server, reach, files) {
      if (!reach.enforced || reach.preset === 'off') return null;
      const { network, writes, reads } = reach;
      // Named for the server as its own folder is, so that none is another's.
      const caches = cachePlaces(home).map((at) => ({
        at,
        from: resolve(work, `${server}.cache`, at.slice(home.length + 1).replaceAll('/', '-')),
      }));
      const shows = [...new Set(files.flatMap(({ path, found }) => [path, found ?? path]).map(folderOf))];
      const hides = [...own, ...hiddenPlaces(home)];
      return { network, home, writes, reads, shows, hides, keeps: keptPlaces(home), caches };
    },
  };
}

/** A script comes with what lies around it. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
