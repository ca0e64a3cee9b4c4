/** From what an entry asks for and names to what its server reaches. */
import type { Reach, SandboxEntry, SandboxPreset } from '../../contract/sandbox.ts';
import { hiddenPlaces, isBelow } from './places.ts';

export interface ReachFacts {
  readonly enforced: boolean;
  readonly home: string;
  /** Our own folders: never reached, whoever names them. */
  readonly own: readonly string[];
  /** Folders inside of those that are servers' own. */
  readonly lent: readonly string[];
  readonly cwd: string;
  /** Real paths of what the entry names and asks to change, of programs and scripts none. */
  readonly named: readonly string[];
}

/** Where no server changes anything, also when its program may: what the system and everybody's programs consist of. */
const SYSTEM = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc',
  '/boot',
  '/dev',
  '/proc',
  '/sys',
  '/run',
  '/nix',
  '/snap',
];

/** The preset and the further paths of an entry. */
export function sandboxWish(entry: SandboxEntry | undefined): { preset: SandboxPreset; write: readonly string[] } {
  return typeof entry === 'object' ? entry : { preset: entry ?? 'standard', write: [] };
}

export function reachOf(preset: SandboxPreset, facts: ReachFacts): Reach {
  if (preset === 'off') return { preset, enforced: facts.enforced, network: true, writes: [], reads: [] };
  const hidden = hiddenPlaces(facts.home);
  const inOne = (folders: readonly string[], path: string) => folders.some((folder) => isBelow(folder, path));
  const ours = (path: string) => inOne(facts.own, path) && !inOne(facts.lent, path);
  const usable = [...new Set([facts.cwd, ...facts.named])].filter((path) => !ours(path));
  const secret = usable.filter((path) => inOne(hidden, path));
  const plain = usable.filter((path) => !inOne(hidden, path) && !inOne(SYSTEM, path));
  const writes =
    preset === 'read-only'
      ? []
      : plain.filter((path) => !plain.some((other) => other !== path && isBelow(other, path)));
  return {
    preset,
    enforced: facts.enforced,
    network: preset !== 'no-network',
    writes: writes.toSorted(),
    reads: secret.toSorted(),
  };
}
