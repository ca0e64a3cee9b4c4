/** What a person should know of a launch: what its words say, and what the registry adds. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse, readLine } from '../../core/launch/analyse.ts';
import { worstFirst } from '../../core/launch/lineReview.ts';
import { truthFindings } from '../../core/launch/truthFindings.ts';
import { unboundFindings } from '../../core/launch/unbound.ts';
import { wholeWord } from '../../core/launch/word.ts';
import type { Clock } from '../clock.ts';
import type { ResolvedLaunch } from './resolved.ts';

type Found = Pick<ResolvedLaunch, 'launch' | 'unbound'>;

/** What the words of a launch say, and what of it nothing was found of; worst first. */
export function wordFindings({ launch, unbound }: Found, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  return worstFirst(analyse(launch, masker).findings, unboundFindings(unbound));
}

/** The same with what the registry says. A pinned package moves with nobody, whatever its words leave open. */
export function findingsOf(
  found: Found,
  truth: PackageTruth | null,
  { masker, clock }: { readonly masker: () => Pick<Masker, 'find'>; readonly clock: Pick<Clock, 'now'> },
): LaunchFinding[] {
  const { launch } = found;
  const kept = wordFindings(found, masker()).filter(({ id }) => !(launch.package && id === 'unpinned'));
  if (truth === null) return kept;
  const { packageWord } = readLine(launch);
  const allowed = launch.package?.scripts.flatMap((one) => (one.allowed ? [one.package] : [])) ?? [];
  const more = truthFindings(truth, packageWord ?? wholeWord('command', launch.command), allowed, clock.now());
  return worstFirst(kept, more);
}
