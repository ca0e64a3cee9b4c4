/** Words around a command: variables in front of it, and commands hidden in its arguments. */
import { scriptFindings } from './codeText.ts';
import { readOptions } from './options.ts';
import type { Reading } from './reading.ts';
import { shellCommands } from './shellScript.ts';
import { variableFindings } from './variables.ts';
import { findingAt, type Word } from './word.ts';

/** What env(1) starts. */
export function readEnv(reading: Reading, words: readonly Word[]): readonly Word[] {
  const { options, rest } = readOptions(words, '-u --unset -C --chdir -S --split-string');
  const split = options.find((one) => /^(-S|--split-string)$/.test(one.name))?.value;
  return assigned(reading, [...(split ? shellCommands(split).flatMap((command) => command.words) : []), ...rest]);
}

/** What follows the variables set in front of a command. */
export function assigned(reading: Reading, words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
  const count = end < 0 ? words.length : end;
  for (const word of words.slice(0, count)) {
    const equals = word.text.indexOf('=');
    const value = {
      name: word.text.slice(0, equals),
      source: 'literal' as const,
      shown: word.text.slice(equals + 1),
    };
    reading.findings.push(
      ...variableFindings([value]).map((one) => findingAt(one.id, one.severity, word, one.message)),
    );
  }
  return words.slice(count);
}

/** Commands hidden in an argument: some clients start servers through a shell, which would run them. */
export function strayCommands(reading: Reading, words: readonly Word[]): void {
  if (reading.quoted) return;
  for (const word of words) {
    if (!/[;|&`\n]|\$\(/.test(word.text)) continue;
    const commands = shellCommands(word);
    const bad = scriptFindings(word, commands).filter(({ severity }) => severity === 'severe');
    if (bad.length > 0) reading.findings.push(...bad);
    else if (/^(\|\|?|&&?|;)$/.test(word.text))
      reading.add('shell-text', 'warning', word, 'This means something to a shell; no server needs it.');
  }
}
