/** A command line looked at where no daemon is needed: nothing of the keychain is known. */
import type { LineReview } from '../../contract/launch.ts';
import type { CommandLine } from '../../contract/server.ts';
import { Masker } from '../../core/egress/masker.ts';
import { SECRET_RULES } from '../../core/egress/secretRules.ts';
import { reviewLine } from '../../core/launch/lineReview.ts';

/** Its findings with what its package's registry said. */
export { withTruth as findingsWithTruth } from '../../core/launch/lineReview.ts';

/** What a line says of itself. `sha256` gives lower-case hexadecimal. */
export function reviewLineAlone(line: CommandLine, sha256: (text: string) => string): LineReview {
  return reviewLine(line, new Masker([], SECRET_RULES), sha256);
}
