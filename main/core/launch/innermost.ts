/** The command that a shell's words come to: behind its own words, assignments and programs that only start another. */
import { afterKeywords } from './groups.ts';
import { DEEPEST, WRAPPERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { shellCommands } from './scriptReader.ts';
import { programName, restOf, type Word } from './word.ts';

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** Empty where nothing is left. */
export function innermost(words: readonly Word[]): readonly Word[] {
  let rest = words;
  for (let depth = 0; depth < DEEPEST; depth++) {
    rest = from(afterKeywords(rest), ({ text }) => !ASSIGNMENT.test(text));
    const name = nameOf(rest);
    const wrapper = WRAPPERS.get(name);
    // What xargs starts gets its words from elsewhere.
    if (name === 'xargs' || (name !== 'env' && !wrapper)) return rest;
    rest = wrapper
      ? readOptions(rest.slice(1), wrapper.valued, { shortened: true }).rest.slice(wrapper.own)
      : afterEnv(rest.slice(1)).words;
  }
  return rest;
}

/** What env(1) starts, with the variables set for it, and the folder it goes into before. */
export function afterEnv(words: readonly Word[]): { readonly words: readonly Word[]; readonly folder: Word | null } {
  let folder: Word | null = null;
  let all = words;
  for (let round = 0; ; round++) {
    const split = all.findIndex(({ text }, at) => /^-(-split-string|[a-zA-Z]*S)/.test(text) && isOption(all, at));
    const { options, rest } = readOptions(split < 0 ? all : all.slice(0, split), ENV_VALUES);
    folder = options.findLast((one) => /^(-C|--chdir)$/.test(one.name))?.value ?? folder;
    // A dash alone is `-i`.
    if (split < 0) return { words: rest[0]?.text === '-' ? rest.slice(1) : rest, folder };
    if (round === DEEPEST) return { words: all.slice(split), folder };
    // What is split stands in the place of the option, and may hold others.
    const [text, behind] = splitString(all, split);
    const inside = text ? shellCommands({ ...text, text: text.text.replace(/\\[_tnrfv]/g, '  ') }) : [];
    all = [...inside.flatMap((command) => command.words), ...all.slice(behind)];
  }
}

const ENV_VALUES = '-u --unset -C --chdir -P -a --argv0';

/** Whether what env is given at this place is still one of its options. */
function isOption(words: readonly Word[], at: number): boolean {
  const { options, rest } = readOptions(words.slice(0, at + 1), ENV_VALUES);
  return rest.length === 0 && options.at(-1)?.word === words[at];
}

/** The value of `-S`, attached or the next word, and the place behind it. */
function splitString(words: readonly Word[], at: number): [Word | undefined, number] {
  const word = words[at] as Word;
  const { length } = /^--split-string=?|^-[a-zA-Z]*?S/.exec(word.text)?.[0] ?? '';
  const attached = word.text.length > length || word.text.endsWith('=');
  return attached ? [restOf(word, length), at + 1] : [words[at + 1], at + 2];
}

/** The name that the first of these words goes by; empty where there is none. */
export function nameOf(words: readonly Word[]): string {
  return programName(words[0]?.text ?? '');
}

function from(words: readonly Word[], isFirst: (word: Word) => boolean): readonly Word[] {
  const start = words.findIndex(isFirst);
  return start < 0 ? [] : words.slice(start);
}
