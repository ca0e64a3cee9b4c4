/** What stands behind a shell's code, where the code names it (POSIX.1-2024, Shell Command Language 2.5.1 and 2.5.2). */
import type { ShellCommand } from './shellScript.ts';
import type { Word } from './word.ts';

const ONE = /^\$(?:(\d)|\{(\d{1,3})\})$/;
const ALL = /^\$(?:[@*]|\{[@*]\})$/;

/** The same commands with each word that is no more than a parameter as what that is; `given` begins with `$0`. */
export function withParameters(commands: readonly ShellCommand[], given: readonly Word[]): readonly ShellCommand[] {
  if (given.length === 0) return commands;
  // From where they are moved or set anew, nobody can tell which is which.
  const moved = commands.findIndex(({ words }) => words.some(({ text }) => text === 'shift' || text === 'set'));
  return commands.map((command, index) => {
    if (moved >= 0 && index >= moved) return command;
    const inside = [...withParameters(command.inside, given)];
    return { ...command, inside, words: command.words.flatMap((word) => meant(word, given)) };
  });
}

function meant(word: Word, given: readonly Word[]): readonly Word[] {
  if (ALL.test(word.text)) return given.slice(1);
  const [, one, braced] = ONE.exec(word.text) ?? [];
  const parameter = one ?? braced;
  return parameter === undefined ? [word] : given.slice(Number(parameter)).slice(0, 1);
}
