/** What any word of a command line can hold: a switch that gives permission away, a secret, a character that deceives. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { Masker } from '../egress/masker.ts';
import { foldText } from '../integrity/fold.ts';
import { findingAt, type Word } from './word.ts';

const NO_PERMISSION =
  /^--?(dangerously-[\w-]+|allow-dangerously-[\w-]+|yolo|trust-all-tools|allow-all-tools|bypass-?permissions|skip-permissions|no-confirm-tools|auto-approve-all|full-auto|yes-always|permission-mode=bypassPermissions|approval-mode=yolo|ask-for-approval=never)(=true)?$/i;
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const NOT_LATIN = /[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;

/** The word alone; `previous` is the one before it. */
export function textFindings(word: Word, previous: string, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  const { text } = word;
  const found: LaunchFinding[] = [];
  if (
    NO_PERMISSION.test(text) ||
    /^--(permission-mode|approval-mode|ask-for-approval) (bypassPermissions|yolo|never)$/i.test(`${previous} ${text}`)
  )
    found.push(findingAt('agent-permission', 'severe', word, 'An agent is started that asks nobody before it acts.'));
  for (const { index, 0: letter } of text.matchAll(HIDDEN)) {
    const at = { ...word, start: word.start + index, length: letter.length };
    found.push(findingAt('hidden-character', 'severe', at, 'A character that nobody can see stands here.'));
  }
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!NOT_LATIN.test(match[0]) || !/[a-z]/i.test(match[0]) || !/^[\x20-\x7e]+$/.test(foldText(match[0]))) continue;
    const at = { ...word, start: word.start + match.index, length: match[0].length };
    found.push(
      findingAt('look-alike-character', 'severe', at, 'Letters of another alphabet pass for Latin ones here.'),
    );
  }
  return [...found, ...secretFindings(word, masker)];
}

/** Secrets written in plain text. */
export function secretFindings(word: Word, masker: Pick<Masker, 'find'>): LaunchFinding[] {
  return masker
    .find(word.text)
    .map(({ start, length }) =>
      findingAt(
        'plain-secret',
        'warning',
        { ...word, start: word.start + start, length },
        'A secret is written here in plain text; the keychain keeps it better.',
      ),
    );
}
