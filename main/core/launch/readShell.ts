/** Shells: what their scripts start. */
import { scriptFindings } from './codeText.ts';
import { readOptions } from './options.ts';
import type { Reading } from './reading.ts';
import { readFile } from './readProgram.ts';
import { assigned, strayCommands } from './readWords.ts';
import { shellCommands } from './shellScript.ts';
import type { Word } from './word.ts';

/** A shell's words after its name: a script, code in an argument, or encoded code. */
export function readShell(reading: Reading, name: string, words: readonly Word[], depth: number): void {
  const flag = words.findIndex(({ text }) =>
    name === 'cmd'
      ? /^\/[ckr]$/i.test(text)
      : /^(power|pw)/.test(name)
        ? /^-(c|command|e|ec|enc\w*)$/i.test(text)
        : /^-[a-z]*c$/.test(text),
  );
  const script = words[flag + 1];
  if (flag < 0 || !script) {
    const { options, rest } = readOptions(words, '-File -ExecutionPolicy -WindowStyle -o -O');
    const file = options.find((one) => /^-f(ile)?$/i.test(one.name))?.value ?? rest[0];
    if (file) reading.launchers.push(name);
    if (file) readFile(reading, file);
    return;
  }
  if (/^-e/i.test(words[flag]?.text ?? '') && /^(power|pw)/.test(name)) {
    reading.launchers.push(name);
    return reading.add(
      'encoded-run',
      'severe',
      script,
      'Encoded text is decoded and run, so that nobody can read it here.',
    );
  }
  if (name === 'cmd' && words.length > flag + 2) {
    reading.launchers.push(name);
    strayCommands(reading, words.slice(flag + 1));
    return reading.follow(words.slice(flag + 1), depth + 1);
  }
  readScript(reading, name, script, depth);
}

/** The text of a script: its last command stays as the server, and all of them are looked at. */
export function readScript(reading: Reading, name: string, script: Word, depth: number): void {
  reading.launchers.push(name);
  const commands = shellCommands(script, name === 'cmd' ? '^' : /^(power|pw)/.test(name) ? '`' : '\\');
  reading.findings.push(...scriptFindings(script, commands));
  const quoted = reading.quoted;
  reading.quoted = true;
  // The last one stays as the server; what comes before only prepares it.
  const ordered = commands.toSorted((a, b) => Number(b.joined === '$(') - Number(a.joined === '$('));
  for (const { words } of ordered) {
    const bare = assigned(reading, words);
    const before = reading.launchers.length;
    reading.package = null;
    reading.packageWord = null;
    reading.follow(bare, depth + 1);
    if (words !== ordered.at(-1)?.words) reading.launchers.length = before;
  }
  reading.quoted = quoted;
}
