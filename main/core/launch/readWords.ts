/** Words around a command: variables in front of it, and commands hidden in its arguments. */

import { afterEnv } from './innermost.ts';
import { TOO_DEEP } from './launchers.ts';
import type { Reading } from './reading.ts';
import { scriptFindings } from './scriptFindings.ts';
import { shellCommands } from './scriptReader.ts';
import { isOperator, joinedAt, type ShellCommand, wordCommands } from './shellScript.ts';
import { settingFindings } from './variables.ts';
import type { Word } from './word.ts';

/** What env(1) starts. */
export function readEnv(reading: Reading, words: readonly Word[]): readonly Word[] {
  const { words: started, folder } = afterEnv(words);
  if (folder) reading.enter(folder);
  if (started[0]?.text.startsWith('-')) reading.add('too-deep', 'severe', started[0], TOO_DEEP);
  return assigned(reading, started);
}

/** What follows the variables set in front of a command. */
export function assigned(reading: Reading, words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
  const count = end < 0 ? words.length : end;
  for (const word of words.slice(0, count)) {
    const equals = word.text.indexOf('=');
    set(reading, word, word.text.slice(0, equals), word.text.slice(equals + 1));
  }
  return words.slice(count);
}

/** Variables that a command of a script sets for those after it, with all of its words as their place. */
export function exported(reading: Reading, words: readonly Word[]): void {
  const [first, ...rest] = words;
  if (!first) return;
  const line = words.map(({ text }) => text).join(' ');
  const pairs = /^(export|declare|typeset|readonly)$/.test(first.text)
    ? rest.map(({ text }) => /^([A-Za-z_]\w*)=(.*)$/s.exec(text))
    : [/^(?:setx?|setenv)\s+"?([A-Za-z_]\w*)[= ](.*)$/is.exec(line) ?? /^\$env:(\w+)\s*=\s*(.*)$/is.exec(line)];
  for (const pair of pairs) if (pair) set(reading, first, pair[1] ?? '', pair[2] ?? '');
}

function set(reading: Reading, word: Word, name: string, value: string): void {
  if (/^path$/i.test(name)) reading.here = { ...reading.here, ownPath: true };
  reading.report(settingFindings(name, value, word));
}

/** Commands hidden in arguments: some clients start servers through a shell, which would run them. */
export function strayCommands(reading: Reading, words: readonly Word[]): void {
  if (reading.here.quoted) return;
  const severe = (script: Word, commands: readonly ShellCommand[], prose = '') => {
    const bad = scriptFindings(script, commands).filter(
      ({ id, severity }) => severity === 'severe' && !prose.includes(id),
    );
    reading.report(bad);
    return bad.length > 0;
  };
  const operator = words.find(isOperator);
  const joined = operator !== undefined && severe(joinedAt(operator, words), wordCommands(words));
  for (const word of words) {
    if (!/[;|&`\n]|\$\(/.test(word.text) || joined) continue;
    // A text that only mentions a pipe or a switch is no command; one that fetches or decodes for it is.
    if (severe(word, shellCommands(word), 'piped-code agent-permission')) continue;
    if (isOperator(word))
      reading.add('shell-text', 'warning', word, 'This means something to a shell; no server needs it.');
  }
}
