/** What the words for a package say of it, before a registry is asked. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import { advisoryFor, isExact } from './advisories.ts';
import { lookAlikeOf } from './knownPackages.ts';
import { isAlias, isForeign } from './packageSpec.ts';
import { findingAt, type Word } from './word.ts';

/** What is sent there does not leave the machine. */
const LOOPBACK = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/i;

export function packageFindings(found: LaunchPackage, word: Word): LaunchFinding[] {
  const findings: LaunchFinding[] = [];
  const add = (id: string, severity: LaunchFinding['severity'], message: string) =>
    findings.push(findingAt(id, severity, word, message));
  if (isAlias(word.text)) add('look-alike-name', 'severe', `It goes by another name here: what runs is ${found.name}.`);
  const advisory = advisoryFor(found);
  if (advisory) add('advisory', 'severe', `This version ${advisory}.`);
  if (found.kind !== 'image' && isForeign(found.name)) {
    if (/^(git\+)?http:|^git:/i.test(found.name))
      add('unencrypted-source', 'severe', 'Code is fetched over a connection that anyone on the way can change.');
    else
      add(
        'other-source',
        'warning',
        'Code is fetched from an address instead of a registry, so that it can change unnoticed.',
      );
    return findings;
  }
  const other = lookAlikeOf(found);
  if (other) add('look-alike-name', 'severe', `The name is almost that of the well-known ${other}, and is not it.`);
  if (found.kind === 'image' && found.version !== null && isExact(found.version))
    add('unpinned', 'info', 'A tag can be moved to another image; only a digest cannot.');
  else if (found.version === null || !(isExact(found.version) || /^sha\d+:/.test(found.version)))
    add('unpinned', 'info', 'No exact version: what runs can change with every start.');
  if (found.registry !== null && found.kind !== 'image')
    add(
      'other-registry',
      found.registry.startsWith('http:') && !LOOPBACK.test(found.registry) ? 'severe' : 'warning',
      'The package is taken from another registry.',
    );
  return findings;
}
