/** A command line looked at where no daemon is needed: nothing of the keychain is known. */
import type { LaunchFinding, LineReview } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { CommandLine } from '../../contract/server.ts';
import { Masker } from '../../core/egress/masker.ts';
import { SECRET_RULES } from '../../core/egress/secretRules.ts';
import { reviewLine, withTruth } from '../../core/launch/lineReview.ts';

/** What a line says of itself. `sha256` gives lower-case hexadecimal. */
export function reviewLineAlone(line: CommandLine, sha256: (text: string) => string): LineReview {
  return reviewLine(line, new Masker([], SECRET_RULES), sha256);
}

/** Its findings with what its package's registry said; `now` is RFC 3339. */
export function findingsWithTruth(
  line: CommandLine,
  found: readonly LaunchFinding[],
  truth: PackageTruth,
  now: string,
): LaunchFinding[] {
  return withTruth(line, found, truth, now);
}
