/** Reading a program's options off the front of its words. */
import { restOf, type Word } from './word.ts';

export interface ReadOptions {
  /** Each option with its value: the word after it, or what follows its `=`. */
  readonly options: readonly { readonly name: string; readonly word: Word; readonly value: Word | null }[];
  /** From the first word that is no option. */
  readonly rest: readonly Word[];
}

/**
 * `valued` are the options that take the next word as their value. `--` ends them. Where long ones may be `shortened`, as
 * GNU's getopt_long(3) lets them be, the beginning of one alone is that one.
 */
export function readOptions(words: readonly Word[], valued: string, { shortened = false } = {}): ReadOptions {
  const takes = new Set(valued.split(' '));
  const meant = (text: string) => {
    const long =
      shortened && !takes.has(text) && /^--\w/.test(text) ? [...takes].filter((one) => one.startsWith(text)) : [];
    return long.length === 1 ? (long[0] as string) : text;
  };
  const options: { name: string; word: Word; value: Word | null }[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.text === '--') return { options, rest: words.slice(at + 1) };
    if (!word.text.startsWith('-') || word.text === '-') break;
    const text = meant(word.text);
    const equals = text.indexOf('=');
    const letter = takes.has(text) ? 0 : valuedLetter(text, takes);
    if (letter > 0) {
      // Those before it take none.
      for (const flag of text.slice(1, letter)) options.push({ name: `-${flag}`, word, value: null });
      const from = text.charAt(letter + 1) === '=' ? letter + 2 : letter + 1;
      const value = letter + 1 < text.length ? restOf(word, from) : (words[++at] ?? null);
      options.push({ name: `-${text.charAt(letter)}`, word, value });
    } else if (takes.has(text)) options.push({ name: text, word, value: words[++at] ?? null });
    else if (equals > 0) options.push({ name: text.slice(0, equals), word, value: restOf(word, equals + 1) });
    else options.push({ name: text, word, value: null });
  }
  return { options, rest: words.slice(at) };
}

/** Options wherever they stand before `--`. */
export function optionsAmong(words: readonly Word[], valued: string): ReadOptions {
  const dashes = words.findIndex(({ text }) => text === '--');
  const [own, after] = dashes < 0 ? [words, []] : [words.slice(0, dashes), words.slice(dashes)];
  const options: ReadOptions['options'][number][] = [];
  const plain: Word[] = [];
  for (let at = 0; at < own.length; at++) {
    const word = own[at] as Word;
    // One option, and the word after it where that is its value.
    const its = readOptions(own.slice(at, at + 2), valued).options.filter((one) => one.word === word);
    if (its.length === 0) plain.push(word);
    else options.push(...its);
    if (its.some(({ value }) => value !== null && value === own[at + 1])) at++;
  }
  return { options, rest: plain.length > 0 ? [...plain, ...after] : after.slice(1) };
}

/** Where in a cluster of one-letter options (`-itv`) the first one stands that takes a value; 0 when none does (POSIX.1-2024, Utility Syntax Guidelines 5 and 6). */
function valuedLetter(text: string, takes: ReadonlySet<string>): number {
  if (!/^-[a-z]/i.test(text)) return 0;
  const equals = text.indexOf('=');
  const letters = equals < 0 ? text : text.slice(0, equals);
  for (let at = 1; at < letters.length; at++) if (takes.has(`-${letters.charAt(at)}`)) return at;
  return 0;
}
