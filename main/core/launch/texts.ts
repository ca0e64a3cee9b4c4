/** What any word of a command line can hold: a switch that gives permission away, a secret, a character that deceives. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { Masker } from '../egress/masker.ts';
import { secretKeyRule } from '../egress/secretKeys.ts';
import { isPlaceholder } from '../egress/secretPatterns.ts';
import { foldText } from '../integrity/fold.ts';
import { findingAt, type Word } from './word.ts';

const NO_PERMISSION =
  /^--?(dangerously-[\w-]+|allow-dangerously-[\w-]+|yolo|trust-all-tools|allow-all-tools|bypass-?permissions|skip-permissions|no-confirm-tools|auto-approve-all|full-auto|yes-always|permission-mode=bypassPermissions|approval-mode=yolo|ask-for-approval=never|sandbox=danger-full-access|allow-all(-paths|-urls)?)(=true)?$|^(approval_policy="?never|sandbox_mode="?danger-full-access)"?$/i;
const HIDDEN = /(?:(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}])+/gu;
/** More than this of a kind in one word are one finding. */
const MOST_MARKED = 20;
const NOT_LATIN = /[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;

/** A switch with which an agent asks nobody any more, alone or as the value of the word before it. */
export function permissionFindings(word: Word, previous: string): LaunchFinding[] {
  const { text } = word;
  const given =
    NO_PERMISSION.test(text) ||
    /^--(permission-mode|approval-mode|ask-for-approval|sandbox) (bypassPermissions|yolo|never|danger-full-access)$/i.test(
      `${previous} ${text}`,
    );
  return given
    ? [findingAt('agent-permission', 'severe', word, 'An agent is started that asks nobody before it acts.')]
    : [];
}

/** The word alone; `previous` is the one before it. */
export function textFindings(word: Word, previous: string, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  const { text } = word;
  const hidden = [...text.matchAll(HIDDEN)];
  const disguised = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(
    ([letters]) => NOT_LATIN.test(letters) && /[a-z]/i.test(letters) && /^[\x20-\x7e]+$/.test(foldText(letters)),
  );
  return [
    ...permissionFindings(word, previous),
    ...marked(word, hidden, 'hidden-character', 'Something that nobody can see stands here.'),
    ...marked(word, disguised, 'look-alike-character', 'Letters of another alphabet pass for Latin ones here.'),
    ...secretFindings(word, /^--?[a-z][\w-]*$/i.test(previous) ? previous : '', masker),
  ];
}

/** Each match as a finding; a word that is full of them as one from the first to the last. */
function marked(word: Word, matches: readonly RegExpExecArray[], id: string, message: string): LaunchFinding[] {
  const [first, last] = [matches[0], matches.at(-1)];
  if (!first || !last) return [];
  const from = (start: number, end: number) =>
    findingAt(id, 'severe', { ...word, start: word.start + start, length: end - start }, message);
  if (matches.length > MOST_MARKED) return [from(first.index, last.index + last[0].length)];
  return matches.map((match) => from(match.index, match.index + match[0].length));
}

/** Secrets written in plain text, by their form or by the name they are given: an option's before them, or a variable's. */
export function secretFindings(word: Word, named: string, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  const at = (start: number, length: number) =>
    findingAt(
      'plain-secret',
      'warning',
      { ...word, start: word.start + start, length },
      'A secret is written here in plain text; the keychain keeps it better.',
    );
  const formed = masker.find(word.text).map(({ start, length }) => at(start, length));
  if (formed.length > 0) return formed;
  const [, option, value] = /^--?([\w-]+)=(.+)$/s.exec(word.text) ?? [];
  if (option !== undefined && value !== undefined)
    return isSecret(option, value) ? [at(word.text.length - value.length, value.length)] : [];
  return isSecret(named.replace(/^--?/, ''), word.text) ? [at(0, word.text.length)] : [];
}

/** What is short, a word or a place is a way to authenticate rather than a secret. */
function isSecret(name: string, value: string): boolean {
  return (
    /^(?!https?:|[./~-]).*\d/s.test(value) &&
    value.length >= 8 &&
    secretKeyRule(name, value) !== null &&
    !isPlaceholder(value)
  );
}
