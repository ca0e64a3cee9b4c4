/** A shell's script as the commands in it, each word with its place. */
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
  /** True for those in a text that follows the command, which run where it is a shell. */
  readonly text?: true;
  /** True for what gives a name a meaning of its own: `name()`. */
  readonly defines?: true;
  /** True for what stands in the place of more than is read: it could be anything. */
  readonly unread?: true;
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
