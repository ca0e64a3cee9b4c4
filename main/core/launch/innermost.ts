/** The command that a shell's words come to: behind its own words, assignments and programs that only start another. */
import { DEEPEST, WRAPPERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { programName, type Word } from './word.ts';

const SHELLS_OWN = /^([{(!]|if|then|elif|else|while|until|do|[A-Za-z_]\w*=.*)$/s;
const ENV = { valued: '-u --unset -C --chdir', own: 0 };

/** Empty where nothing is left. */
export function innermost(words: readonly Word[]): readonly Word[] {
  let rest = words;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const start = rest.findIndex(({ text }) => !SHELLS_OWN.test(text));
    rest = start < 0 ? [] : rest.slice(start);
    const name = nameOf(rest);
    const wrapper = name === 'env' ? ENV : Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    // What xargs starts gets its words from elsewhere.
    if (!wrapper || name === 'xargs') return rest;
    rest = readOptions(rest.slice(1), wrapper.valued).rest.slice(wrapper.own);
  }
  return rest;
}

/** The name that the first of these words goes by; empty where there is none. */
export function nameOf(words: readonly Word[]): string {
  return programName(words[0]?.text ?? '');
}
