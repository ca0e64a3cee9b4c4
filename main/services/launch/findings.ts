/** What a person should know of a launch: what its words say, and what the registry adds. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse } from '../../core/launch/analyse.ts';
import { together } from '../../core/launch/lineReview.ts';
import { truthFindings } from '../../core/launch/truthFindings.ts';
import { unboundFindings } from '../../core/launch/unbound.ts';
import { wholeWord } from '../../core/launch/word.ts';
import type { Clock } from '../clock.ts';
import type { ResolvedLaunch } from './resolved.ts';

type Found = Pick<ResolvedLaunch, 'launch' | 'unbound'>;

/** What the words of a launch say, and what of it nothing was found of; worst first. */
export function wordFindings(found: Found, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  return read(found, masker).findings;
}

/** The same with what the registry says. A pinned package moves with nobody, whatever its words leave open. */
export function findingsOf(
  found: Found,
  truth: PackageTruth | null,
  { masker, clock }: { readonly masker: () => Pick<Masker, 'find'>; readonly clock: Pick<Clock, 'now'> },
): LaunchFinding[] {
  const { launch } = found;
  const { findings, packageWord } = read(found, masker());
  const kept = findings.filter(({ id }) => !(launch.package && id === 'unpinned'));
  if (truth === null) return kept;
  const allowed = launch.package?.scripts.flatMap((one) => (one.allowed ? [one.package] : [])) ?? [];
  const more = truthFindings(truth, packageWord ?? wholeWord('command', launch.command), allowed, clock.now());
  return together(kept, more);
}

function read({ launch, unbound }: Found, masker: Pick<Masker, 'find'>) {
  const { findings, packageWord } = analyse(launch, masker);
  return { findings: together(findings, unboundFindings(unbound)), packageWord };
}
