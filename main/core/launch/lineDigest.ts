/** What names a command line that no server is configured with. */
import { canonicalJson } from '../ledger/canonical.ts';

/** RFC 8785 text of a command and its arguments, whose SHA-256 is the line's digest. */
export function lineDigestInput(command: string, args: readonly string[]): string {
  return canonicalJson({ command, args: [...args] });
}
