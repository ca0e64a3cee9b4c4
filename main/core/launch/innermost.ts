/** The command that a shell's words come to: behind its own words, assignments and programs that only start another. */
import { DEEPEST, WRAPPERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { shellCommands } from './shellScript.ts';
import { programName, type Word } from './word.ts';

const KEYWORD = /^([{}!]|if|then|elif|else|fi|while|until|do|done|esac)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** Empty where nothing is left. */
export function innermost(words: readonly Word[]): readonly Word[] {
  let rest = words;
  for (let depth = 0; depth < DEEPEST; depth++) {
    rest = from(rest, ({ text }) => !KEYWORD.test(text) && !ASSIGNMENT.test(text));
    const name = nameOf(rest);
    const wrapper = WRAPPERS.get(name);
    // What xargs starts gets its words from elsewhere.
    if (name === 'xargs' || (name !== 'env' && !wrapper)) return rest;
    rest = wrapper ? readOptions(rest.slice(1), wrapper.valued).rest.slice(wrapper.own) : afterEnv(rest.slice(1)).words;
  }
  return rest;
}

/** What follows a shell's own words around commands. */
export function afterKeywords(words: readonly Word[]): readonly Word[] {
  return from(words, ({ text }) => !KEYWORD.test(text));
}

/** What env(1) starts, with the variables set for it, and the folder it goes into before. */
export function afterEnv(words: readonly Word[]): { readonly words: readonly Word[]; readonly folder: Word | null } {
  const { options, rest } = readOptions(words, '-u --unset -C --chdir -S --split-string -P -a --argv0');
  const split = options.find((one) => /^(-S|--split-string)$/.test(one.name))?.value;
  const folder = options.findLast((one) => /^(-C|--chdir)$/.test(one.name))?.value ?? null;
  return { words: [...(split ? shellCommands(split).flatMap((command) => command.words) : []), ...rest], folder };
}

/** The name that the first of these words goes by; empty where there is none. */
export function nameOf(words: readonly Word[]): string {
  return programName(words[0]?.text ?? '');
}

function from(words: readonly Word[], isFirst: (word: Word) => boolean): readonly Word[] {
  const start = words.findIndex(isFirst);
  return start < 0 ? [] : words.slice(start);
}
