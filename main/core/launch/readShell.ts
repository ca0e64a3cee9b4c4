/** Shells: what their scripts start. */

import { followAll } from './followAll.ts';
import { grammarOf } from './grammar.ts';
import { withParameters } from './parameters.ts';
import type { Reading } from './reading.ts';
import { fedFromOutside, readFile } from './readProgram.ts';
import { scriptFindings } from './scriptFindings.ts';
import { shellCommands } from './scriptReader.ts';
import { joinedAt, wordCommands } from './shellScript.ts';
import { restOf, type Word } from './word.ts';

/** What a shell is given: code, encoded code, a file, and files that it runs before. */
interface Given {
  readonly kind: 'code' | 'encoded' | 'file' | 'nothing';
  readonly words: readonly Word[];
  readonly before: readonly Word[];
}

const NOTHING: Given = { kind: 'nothing', words: [], before: [] };

/** A shell's words after its name: a script, code in an argument, or encoded code. */
export function readShell(reading: Reading, name: string, line: readonly Word[], depth: number): void {
  const words = line.slice(1);
  const power = /^(power|pw)/.test(name);
  const given = name === 'cmd' ? givenToCmd(words) : power ? givenToPowerShell(name, words) : givenToShell(words);
  for (const file of given.before) readFile(reading, file);
  const own =
    name === 'cmd' || power ? undefined : words.find(({ text }) => /^(-[a-z]*[il][a-z]*|--login)$/i.test(text));
  if (own && words.indexOf(own) < words.length - given.words.length)
    reading.add(
      'start-up-files',
      'info',
      own,
      'The shell runs your start-up files first, which can change what follows.',
    );
  const [first] = given.words;
  if (!first) return fedFromOutside(reading, line);
  if (given.kind === 'encoded' || given.kind === 'file') reading.launchers.push(name);
  if (given.kind === 'encoded')
    reading.add('encoded-run', 'severe', first, 'Encoded text is decoded and run, so that nobody can read it here.');
  else if (given.kind === 'file') readFile(reading, first);
  else if (given.words.length === 1 || !(power || name === 'cmd'))
    readScript(reading, name, first, depth, given.words.slice(1));
  else {
    // These put their words together again, and then read them as one line.
    reading.launchers.push(name);
    const commands = wordCommands(given.words);
    reading.report(scriptFindings(joinedAt(first, given.words), commands));
    reading.here = { ...reading.here, inShell: true };
    followAll(reading, commands, depth);
  }
}

/** sh(1) and its like: options in any order, then the code where one of them was `-c`, else a file. */
function givenToShell(words: readonly Word[]): Given {
  const before: Word[] = [];
  let kind: Given['kind'] = 'file';
  let fed = false;
  let at = 0;
  for (; at < words.length; at++) {
    const { text } = words[at] as Word;
    if (text === '--' || text === '-') {
      at++;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (/^--(rcfile|init-file)$/.test(text)) before.push(...words.slice(++at, at + 1));
    else if (/^--(command|init-command)$/.test(text)) kind = 'code';
    else if (/^--(command|init-command)=/.test(text))
      return { kind: 'code', words: [restOf(words[at] as Word, text.indexOf('=') + 1)], before };
    else if (!text.startsWith('--')) {
      if (/^-[a-z]*c/i.test(text)) kind = 'code';
      if (/^-[a-z]*s/i.test(text)) fed = true;
      if (/[oO]$/.test(text)) at++;
    }
  }
  // What stands behind `-s` is no file.
  return kind === 'file' && fed ? { kind: 'nothing', words: [], before } : { kind, words: words.slice(at), before };
}

/** cmd.exe: everything after `/c` is one line, however it was split; options may stand together. */
function givenToCmd(words: readonly Word[]): Given {
  const at = words.findIndex(({ text }) => /^(\/[a-z:]*)*?\/[ckr]/i.test(text));
  const flag = words[at];
  if (!flag) return NOTHING;
  const end = flag.text.search(/\/[ckr]/i) + 2;
  const attached = flag.text.length > end ? [restOf(flag, end)] : [];
  return { kind: 'code', words: [...attached, ...words.slice(at + 1)], before: [] };
}

/** PowerShell: names of options may be shortened, and begin with a slash or a dash of any length. */
function givenToPowerShell(name: string, words: readonly Word[]): Given {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const [, option, attached] = /^[-/\u2013-\u2015]([a-z]+)(:.*)?$/i.exec(word.text) ?? [];
    if (option === undefined) {
      const kind = name === 'pwsh' ? 'file' : 'code';
      return word.text === '-' ? NOTHING : { kind, words: words.slice(at), before: [] };
    }
    const is = (whole: string) => whole.startsWith(option.toLowerCase());
    const value =
      attached === undefined ? words.slice(at + 1) : [restOf(word, option.length + 2), ...words.slice(at + 1)];
    if (is('encodedcommand') || /^ec$/i.test(option)) return { kind: 'encoded', words: value, before: [] };
    if (is('command') || is('commandwithargs')) return { kind: 'code', words: value, before: [] };
    if (is('file')) return { kind: 'file', words: value, before: [] };
    if (VALUED.some(is) && attached === undefined) at++;
  }
  return NOTHING;
}
const VALUED = [
  'executionpolicy',
  'windowstyle',
  'workingdirectory',
  'inputformat',
  'outputformat',
  'psconsolefile',
  'version',
  'configurationname',
  'configurationfile',
  'custompipename',
  'settingsfile',
];

/** The text of a script: its last command stays as the server, and all of them are looked at. `given` is what it may name, from `$0` on. */
export function readScript(
  reading: Reading,
  name: string,
  script: Word,
  depth: number,
  given: readonly Word[] = [],
): void {
  reading.launchers.push(name);
  if (!reading.reads(script, depth)) return;
  const commands = withParameters(shellCommands(script, grammarOf(name)), given);
  reading.report(scriptFindings(script, commands));
  const { here } = reading;
  reading.here = { ...here, inShell: true, quoted: true };
  followAll(reading, commands, depth);
  reading.here = here;
}

/** Words that the shell itself runs as a script, such as eval's. */
export function readEvaluated(reading: Reading, words: readonly Word[], depth: number): void {
  const [first] = words;
  if (!first) return;
  const script = joinedAt(first, words);
  if (!reading.reads(script, depth)) return;
  const commands = shellCommands(script);
  reading.report(scriptFindings(script, commands));
  followAll(reading, commands, depth);
}
