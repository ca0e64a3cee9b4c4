/** What a person should know of a launch: what its words say, and what the registry adds. */
import type { Launch, LaunchFinding } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse } from '../../core/launch/analyse.ts';
import { truthFindings } from '../../core/launch/truthFindings.ts';
import { wholeWord } from '../../core/launch/word.ts';
import type { Clock } from '../clock.ts';

/** Worst first. A pinned package moves with nobody, whatever its words leave open. */
export function findingsOf(
  launch: Launch,
  truth: PackageTruth | null,
  { masker, clock }: { readonly masker: () => Pick<Masker, 'find'>; readonly clock: Pick<Clock, 'now'> },
): LaunchFinding[] {
  const { findings, packageWord } = analyse(launch, masker());
  const kept = launch.package ? findings.filter(({ id }) => id !== 'unpinned') : findings;
  if (truth === null) return [...kept];
  const allowed = launch.package?.scripts.flatMap((one) => (one.allowed ? [one.package] : [])) ?? [];
  const more = truthFindings(truth, packageWord ?? wholeWord('command', launch.command), allowed, clock.now());
  const order = ['severe', 'warning', 'info'];
  return [...kept, ...more].toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
