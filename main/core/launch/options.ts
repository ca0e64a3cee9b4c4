/** Reading a program's options off the front of its words. */
import { restOf, type Word } from './word.ts';

export interface ReadOptions {
  /** Each option with its value: the word after it, or what follows its `=`. */
  readonly options: readonly { readonly name: string; readonly word: Word; readonly value: Word | null }[];
  /** From the first word that is no option. */
  readonly rest: readonly Word[];
}

/** `valued` are the options that take the next word as their value. `--` ends them. */
export function readOptions(words: readonly Word[], valued: string): ReadOptions {
  const takes = new Set(valued.split(' '));
  const options: { name: string; word: Word; value: Word | null }[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.text === '--') return { options, rest: words.slice(at + 1) };
    if (!word.text.startsWith('-') || word.text === '-') break;
    const equals = word.text.indexOf('=');
    if (equals > 0) options.push({ name: word.text.slice(0, equals), word, value: restOf(word, equals + 1) });
    else if (takes.has(word.text)) options.push({ name: word.text, word, value: words[++at] ?? null });
    else if (/^-[a-z]./i.test(word.text) && takes.has(word.text.slice(0, 2)))
      options.push({ name: word.text.slice(0, 2), word, value: restOf(word, 2) });
    else options.push({ name: word.text, word, value: null });
  }
  return { options, rest: words.slice(at) };
}
