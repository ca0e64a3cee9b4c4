/** A shell's script as the commands in it, each word with its place (POSIX.1-2024, Shell Command Language 2.3 and 2.10). */
import { DEEPEST } from './launchers.ts';
import type { Word } from './word.ts';

/** A shell of its own for a part of a script: what is gone into and set there, is so for that part alone. */
export interface Subshell {
  readonly outer: Subshell | null;
}

export interface ShellCommand {
  readonly words: readonly Word[];
  /** What stands before it: `|`, `&&`, `||`, `;`, `&`, a substitution's `$(`, or null for the first. In `>(` it is fed as by `|`. */
  readonly joined: string | null;
  /** Files that its output is written to. */
  readonly outputs: readonly Word[];
  /** Files and texts that it is fed. */
  readonly inputs: readonly Word[];
  /** The commands of the substitutions in it, which run before it does. */
  readonly inside: readonly ShellCommand[];
  /** Null in the script's own shell. */
  readonly subshell: Subshell | null;
  /** True for the commands in `>(`, which run beside the command that they stand in. */
  readonly beside?: true;
  /** True for what stands in the place of more than is read: it could be anything. */
  readonly unread?: true;
}

const OPERATOR = /\|\||&&|\|&?|;;?|&|\n|\(|\)/y;
const REDIRECT = /\d*(>&|<&|>\||>>?|<<?<?|&>>?)(?!\()/y;

/** Never throws: what is not closed ends with the text. `mark` is `\`, cmd's `^` or PowerShell's backquote. */
export function shellCommands(script: Word, mark = '\\', depth = 0, outer: Subshell | null = null): ShellCommand[] {
  const empty = { joined: null, outputs: [], inputs: [], inside: [], subshell: outer };
  if (depth > DEEPEST) return [{ ...empty, words: [script], unread: true }];
  const { text } = script;
  const commands: ShellCommand[] = [];
  let inside: ShellCommand[] = [];
  let fed: ShellCommand[] = [];
  let subshell = outer;
  let words: Word[] = [];
  let outputs: Word[] = [];
  let inputs: Word[] = [];
  let joined: string | null = null;
  let redirecting: string | null = null;
  let word: { start: number; text: string } | null = null;
  let at = 0;
  const place = (start: number, end: number): Pick<Word, 'where' | 'start' | 'length'> =>
    script.length === text.length
      ? { where: script.where, start: script.start + start, length: end - start }
      : { where: script.where, start: script.start, length: script.length };
  const endWord = () => {
    if (word === null) return;
    const made = { text: word.text, ...place(word.start, at) };
    if (redirecting === null) words.push(made);
    else if (redirecting.includes('>')) outputs.push(made);
    else inputs.push(made);
    redirecting = null;
    word = null;
  };
  const endCommand = () => {
    endWord();
    const some = words.length + outputs.length + inside.length > 0;
    if (some) commands.push({ words, joined, outputs, inputs, inside, subshell });
    commands.push(...fed);
    inside = [];
    fed = [];
    words = [];
    outputs = [];
    inputs = [];
    return some;
  };
  const add = (more: string, from: number) => {
    word ??= { start: from, text: '' };
    word.text += more;
  };
  const substitution = (from: number, opened: number, close: string) => {
    const end = closing(text, opened, close);
    const script = { text: text.slice(opened, end), ...place(opened, end) };
    const within = shellCommands(script, mark, depth + 1, { outer: subshell });
    if (text.charAt(from) === '>')
      for (const command of within) fed.push({ ...command, joined: command.joined ?? '|', beside: true });
    else for (const command of within) inside.push({ ...command, joined: command.joined ?? '$(' });
    add(text.slice(from, end + 1), from);
    at = end + 1;
  };

  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === "'") {
      const end = indexOr(text, "'", at + 1);
      add(text.slice(at + 1, end), at);
      at = end + 1;
    } else if (letter === '"') {
      add('', at);
      at++;
      while (at < text.length && text.charAt(at) !== '"') {
        if (text.startsWith('$(', at)) substitution(at, at + 2, ')');
        else if (text.charAt(at) === '`' && mark !== '`') substitution(at, at + 1, '`');
        else {
          if (text.charAt(at) === mark && mark !== '^') at++;
          add(text.charAt(at), at);
          at++;
        }
      }
      at++;
    } else if (letter === mark) {
      // Before a line's end it joins the lines, in the middle of a word too.
      if (text.charAt(at + 1) !== '\n') add(text.charAt(at + 1), at);
      at += 2;
    } else if (/[$<>]/.test(letter) && text.charAt(at + 1) === '(') substitution(at, at + 2, ')');
    else if (letter === '`') substitution(at, at + 1, '`');
    else if (letter === '#' && word === null && mark === '\\') at = indexOr(text, '\n', at);
    else if (matchAt(REDIRECT, text, at) !== null && (word === null || /[<>&]/.test(letter))) {
      endWord();
      redirecting = matchAt(REDIRECT, text, at) ?? '>';
      at += redirecting.length;
    } else if (matchAt(OPERATOR, text, at) !== null) {
      const operator = matchAt(OPERATOR, text, at) ?? ';';
      const ended = endCommand();
      // A line's end and an opened subshell only join where a command stood before: `|` reaches over both.
      if (ended || !/[\n(]/.test(operator)) joined = /[\n()]/.test(operator) ? ';' : operator;
      // In cmd and PowerShell these only hold commands together.
      if (operator === '(' && mark === '\\') subshell = { outer: subshell };
      else if (operator === ')' && subshell !== outer) subshell = subshell?.outer ?? null;
      at += operator.length;
    } else if (/\s/.test(letter)) {
      endWord();
      at++;
    } else {
      add(letter, at);
      at++;
    }
  }
  at = Math.min(at, text.length);
  endCommand();
  return commands;
}

/** What is known of a subshell, or else of the nearest one around it. */
export function ofNearest<T>(known: ReadonlyMap<Subshell | null, T>, subshell: Subshell | null): T | undefined {
  let at = subshell;
  while (at !== null && !known.has(at)) at = at.outer;
  return known.get(at);
}

/** With the commands of all substitutions, which come after all others. */
export function withInside(commands: readonly ShellCommand[]): ShellCommand[] {
  return [...commands, ...commands.flatMap(({ inside }) => withInside(inside))];
}

/** Words that were split already, as the commands between the operators among them. */
export function wordCommands(words: readonly Word[]): ShellCommand[] {
  const empty = (joined: string | null) => ({
    joined,
    words: [] as Word[],
    outputs: [] as Word[],
    inputs: [] as Word[],
    inside: [],
    subshell: null,
  });
  const commands = [empty(null)];
  let into: 'words' | 'outputs' | 'inputs' = 'words';
  for (const word of words) {
    if (isOperator(word)) commands.push(empty(word.text));
    else if (/^\d*(>>?|<)$/.test(word.text)) into = word.text.includes('<') ? 'inputs' : 'outputs';
    else {
      commands.at(-1)?.[into].push(word);
      into = 'words';
    }
  }
  return commands.filter(({ words, outputs }) => words.length + outputs.length > 0);
}

/** Whether a word by itself joins two commands for a shell. */
export function isOperator({ text }: Word): boolean {
  return /^(\|\|?|&&?|;)$/.test(text);
}

/** Several words as the one text that a shell makes of them, at the place of one of them. */
export function joinedAt(place: Word, words: readonly Word[]): Word {
  return { ...place, text: words.map(({ text }) => text).join(' ') };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function indexOr(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}

function closing(text: string, from: number, close: string): number {
  if (close === '`') return indexOr(text, close, from);
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === '(') open++;
    else if (text.charAt(at) === ')' && --open === 0) return at;
  }
  return text.length;
}
