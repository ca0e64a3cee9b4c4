/** What a registry's answer adds to the findings of a launch. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import { advisoryFor } from './advisories.ts';
import { findingAt, type Word } from './word.ts';

/** A version that few people can have looked at yet, in milliseconds: most malicious ones are found within days. */
const YOUNG_MS = 7 * 24 * 3600 * 1000;

/** A name that has been there for less is hardly one that anybody means: what imitates another is new. In milliseconds. */
const UNKNOWN_MS = 30 * 24 * 3600 * 1000;

/** `word` is what names the package; `allowed` are the packages whose scripts will run; `now` is RFC 3339. */
export function truthFindings(
  truth: PackageTruth,
  word: Word,
  allowed: readonly string[],
  now: string,
): LaunchFinding[] {
  const found: LaunchFinding[] = [];
  const add = (id: string, severity: LaunchFinding['severity'], message: string) =>
    found.push(findingAt(id, severity, word, message));
  const { signature, provenance, advisories } = truth;
  if (signature.state === 'failed')
    add('bad-signature', 'severe', `The registry’s signature does not fit this package: ${signature.detail}`);
  if (provenance.state === 'failed')
    add('bad-provenance', 'severe', `Its attestation of origin does not hold: ${provenance.detail}`);
  // What the words left open is known by now.
  const known = advisoryFor({ ...truth.package, version: truth.version });
  if (known) add('advisory', 'severe', `This version ${known}.`);
  if (advisories.state === 'failed')
    add('advisory', 'severe', `The registry warns of this version: ${advisories.detail}`);
  for (const one of new Set(truth.scripts?.map((script) => script.package)))
    add(
      'install-script',
      'warning',
      allowed.includes(one)
        ? `${one} runs a command on this machine when it is installed.`
        : `${one} wants to run a command when it is installed; it does not get to.`,
    );
  if (truth.deprecated) add('deprecated', 'warning', 'Its publisher advises against using this version.');
  if (truth.publishedAt !== null && Date.parse(now) - Date.parse(truth.publishedAt) < YOUNG_MS)
    add('new-version', 'warning', 'This version is less than a week old: hardly anybody has looked at it yet.');
  const first = truth.firstPublishedAt ?? null;
  if (first !== null && Date.parse(now) - Date.parse(first) < UNKNOWN_MS)
    add('new-package', 'warning', 'There has been no package of this name for longer than a month.');
  if (truth.version === null)
    add('unchecked', 'info', 'Nothing about this package could be checked with its registry.');
  return found;
}
