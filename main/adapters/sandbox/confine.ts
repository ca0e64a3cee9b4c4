/** The confinement of one tree as arguments of bubblewrap, and the rules it reads from descriptor 3 (SECURITY.md rule 16). */
import type { SpawnPlan } from '../../services/supervisor/ports.ts';
import { leadingOut, socketFilter } from './filter.ts';
import { mountArguments } from './mounts.ts';

export interface Confined {
  /** Everything before the `--`. */
  readonly args: readonly string[];
  readonly rules: Uint8Array;
}

/** What bubblewrap needs for this plan; null where the plan is not confined, or this processor's filter is not known. */
export function confine({ confinement, cwd, env }: SpawnPlan): Confined | null {
  const rules = socketFilter(leadingOut());
  if (!confinement || !rules) return null;
  const args = [
    ...['--unshare-pid', '--unshare-ipc', '--die-with-parent', '--cap-drop', 'ALL', '--seccomp', '3'],
    ...(confinement.network ? [] : ['--unshare-net']),
    ...mountArguments({ cwd, confinement, temporary: env.TMPDIR }),
    ...['--chdir', cwd],
  ];
  return { args, rules };
}
