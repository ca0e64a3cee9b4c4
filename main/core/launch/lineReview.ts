/** What a command line says of itself, and what its package's registry adds; no server needs to be configured with it. */
import type { LaunchFinding, LineReview } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { Masker } from '../egress/masker.ts';
import { analyse, type Line, readLine } from './analyse.ts';
import { lineDigestInput } from './lineDigest.ts';
import { truthFindings } from './truthFindings.ts';
import { wholeWord, worstFirst } from './word.ts';

/** Never throws for text that is Unicode. `masker` finds secrets; `sha256` gives lower-case hexadecimal. */
export function reviewLine(line: Line, masker: Pick<Masker, 'find'>, sha256: (text: string) => string): LineReview {
  const { launchers, program, package: named, findings } = analyse({ ...line, variables: [] }, masker);
  const digest = `sha256:${sha256(lineDigestInput(line.command, line.args))}`;
  return { launchers: [...launchers], program, package: named, findings: [...findings], digest };
}

/** The findings of a line with what its registry said; `now` is RFC 3339. */
export function withTruth(
  line: Line,
  found: readonly LaunchFinding[],
  truth: PackageTruth,
  now: string,
): LaunchFinding[] {
  const word = readLine(line).packageWord ?? wholeWord('command', line.command);
  return together(found, truthFindings(truth, word, [], now));
}

/** Findings of both kinds in one order, each said once. */
export function together(words: readonly LaunchFinding[], more: readonly LaunchFinding[]): LaunchFinding[] {
  const known = new Set(words.map(({ id, message }) => `${id} ${message}`));
  return worstFirst([...words, ...more.filter(({ id, message }) => !known.has(`${id} ${message}`))]);
}
