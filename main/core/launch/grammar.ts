/** How shells tell words and what they mean apart, as far as they differ. */

export interface Grammar {
  /** Stands before a letter that then means nothing. */
  readonly mark: '\\' | '^' | '`';
  /** What a single quote is: plain text up to the next one, the same with marks in it, or a letter like any other. */
  readonly single: 'plain' | 'marked' | 'letter';
  /** Whether `$(` and backquotes run commands in a word. */
  readonly substitutes: boolean;
  /** Whether `(` opens a shell of its own, `<<` a text that follows and `$'` one with escapes (POSIX.1-2024, 2.2.4, 2.7.4). */
  readonly posix: boolean;
  /** Whether parentheses alone run commands in a word. */
  readonly bare?: true;
  /** Whether `&` in front of a command only says that it is one. */
  readonly calls?: true;
  /** Stands before a command that is not to be shown. */
  readonly silent?: '@';
  /** Words in front of commands, with those that say the same in POSIX's. */
  readonly words?: ReadonlyMap<string, string>;
}

const FISH_WORDS = new Map([
  ['and', '!'],
  ['or', '!'],
  ['not', '!'],
  ['begin', '{'],
  ['end', '}'],
]);
const POSIX: Grammar = { mark: '\\', single: 'plain', substitutes: true, posix: true };
const FISH: Grammar = { mark: '\\', single: 'marked', substitutes: true, posix: false, bare: true, words: FISH_WORDS };
const CMD: Grammar = { mark: '^', single: 'letter', substitutes: false, posix: false, silent: '@' };
const POWERSHELL: Grammar = { mark: '`', single: 'plain', substitutes: true, posix: false, calls: true };

/** Of a shell by its name; of any other, that of sh. */
export function grammarOf(shell: string): Grammar {
  if (shell === 'cmd') return CMD;
  if (/^(power|pw)/.test(shell)) return POWERSHELL;
  return shell === 'fish' ? FISH : POSIX;
}

/** What stands around a comment and a text of many lines in PowerShell, where nothing in between means anything. */
export const POWERSHELL_BLOCKS: readonly (readonly [opened: RegExp, closed: string])[] = [
  [/<#/y, '#>'],
  [/@'[ \t]*\r?\n/y, "\n'@"],
  [/@"[ \t]*\r?\n/y, '\n"@'],
];
