/** Commands that a shell holds together: loops, conditions, braces (POSIX.1-2024, Shell Command Language 2.9.4). */
import type { ShellCommand } from './shellScript.ts';
import type { Word } from './word.ts';

const OPENS = /^(\{|if|while|until|for|select|case)$/;
const CLOSES = /^(\}|fi|done|esac)$/;
/** Behind these a command begins. */
const KEYWORD = /^([{}!]|if|then|elif|else|fi|while|until|do|done|esac)$/;
/** Behind these stand names and choices, no command. */
const NAMED = /^(for|select|case)$/;

/** All of it is fed what the first of it is. */
export interface Group {
  readonly outer: Group | null;
  readonly first: ShellCommand;
  /** Whether a file or a text is named at its end, or at that of one around it, which it is fed instead. */
  readonly given: boolean;
}

/** The innermost group of each command; null for one in none. What ends a group is part of it. */
export function groupsOf(commands: readonly ShellCommand[]): Map<ShellCommand, Group | null> {
  const found = new Map<ShellCommand, Group | null>();
  // Those around others before those.
  const all: Writable[] = [];
  let group: Writable | null = null;
  for (const command of commands) {
    const { words, inputs } = command;
    const count = keywords(words);
    let ended: Group | null = null;
    for (const { text } of words.slice(0, NAMED.test(words[count]?.text ?? '') ? count + 1 : count)) {
      if (OPENS.test(text)) {
        group = { outer: group, first: command, given: false };
        all.push(group);
      } else if (CLOSES.test(text) && group !== null) {
        group.given = inputs.length > 0;
        ended = group;
        group = group.outer;
      }
    }
    found.set(command, ended ?? group);
  }
  for (const one of all) one.given ||= one.outer?.given ?? false;
  return found;
}

type Writable = { -readonly [key in keyof Group]: key extends 'outer' ? Writable | null : Group[key] };

/** What follows a shell's own words around commands. */
export function afterKeywords(words: readonly Word[]): readonly Word[] {
  return words.slice(keywords(words));
}

/** How many words stand around a command in front of it. */
function keywords(words: readonly Word[]): number {
  let at = 0;
  for (;;) {
    const text = words[at]?.text ?? '';
    if (KEYWORD.test(text)) at += 1;
    else if (text === 'function' && words.length > at + 1) at += 2;
    else return at;
  }
}
