/** Programs, and the scripts and code that interpreters are given. */
import { inlineCode } from './codeText.ts';
import { DEEPEST, INTERPRETERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { npmPackage } from './packageSpec.ts';
import type { Reading } from './reading.ts';
import { restOf, type Word } from './word.ts';

/** Programs that whoever writes into a project or a shared folder can replace. */
export function place(reading: Reading, word: Word): void {
  if (reading.here.elsewhere) return;
  if (
    /^(\.{1,2}[\\/]|\$\{?(workspaceFolder|workspaceRoot|PWD|CLAUDE_PROJECT_DIR))|^(?!@)(?![a-z]+:)[^\\/~$%{]+[\\/](?!.*@)/i.test(
      word.text,
    ) &&
    !/^[a-z]:/i.test(word.text)
  )
    reading.add(
      'workspace-program',
      'warning',
      word,
      'The program is taken from the working directory, where a project can put another.',
    );
  else if (/^(\/tmp|\/var\/tmp|\/dev\/shm|\/private\/tmp)\/|[\\/](Temp|Downloads)[\\/]|^%TEMP%/i.test(word.text))
    reading.add('shared-program', 'warning', word, 'The program lies in a folder that others write into.');
}

/** What runs is a line in a file of the project's. */
export function ofProject(reading: Reading, word: Word): void {
  reading.add(
    'workspace-program',
    'warning',
    word,
    'What runs is written in a file of the working directory, where a project can put something else.',
  );
}

/** Those that are told with `-r` which code to load first; to others it means something else. */
const JAVASCRIPT = /^(node|nodejs|deno|bun|tsx|ts-node)$/;

/** A language's interpreter: the code or the script it is given. Any other program is the end of the line. */
export function readInterpreter(reading: Reading, name: string, line: readonly Word[], depth: number): void {
  const [first, ...words] = line;
  const kind = INTERPRETERS.find((one) => one.name.test(name));
  if (!kind || !first) return;
  const verb =
    /^(deno|bun)$/.test(name) && /^(run|serve|eval|test|x)$/.test(words[0]?.text ?? '') ? words[0]?.text : undefined;
  const { options, rest } = readOptions(verb ? words.slice(1) : words, kind.valued);
  const task = options.find((one) => one.name === '--run')?.value ?? taskOf(name, words);
  if (task) return ofProject(reading, task);
  const code = verb === 'eval' ? rest[0] : options.find((one) => kind.code.test(one.name))?.value;
  for (const { name: option, word, value } of options) {
    if (/^--inspect(-brk|-wait|-port)?$/.test(option))
      reading.add('debugger', 'severe', word, 'Whoever reaches this debugger makes the server do anything.');
    // It may set NODE_OPTIONS, too.
    if (value && /^--env-file(-if-exists)?$/.test(option)) reading.starts('script', value);
    if (
      value &&
      JAVASCRIPT.test(name) &&
      /^(-r|--require|--import|--preload|--loader|--experimental-loader)$/.test(option)
    )
      preload(reading, value);
  }
  const module = options.find((one) => one.name === '-m' && /^(python|pypy|py$)/.test(name))?.value;
  if (code) reading.report(inlineCode(code));
  else if (module) {
    reading.launchers.push(name);
    // These are launchers themselves, by whatever Python they are found.
    if (/^(uv|uvx|pipx)$/.test(module.text)) reading.follow([module, ...rest], depth + 1);
    else readModule(reading, module);
  } else if (rest[0] && !/^(-|\/dev\/stdin)$/.test(rest[0].text)) {
    reading.launchers.push(name);
    readFile(reading, rest[0], depth);
  } else fedFromOutside(reading, line);
}

/** A module that Python looks for by its name. */
export function readModule(reading: Reading, module: Word): void {
  reading.program = module.text;
  reading.starts('module', module);
}

/** With these an interpreter says what it is, and ends. */
const TELLS = /^(-v|-V|-h|--version|--help)$/;

/** An interpreter that is given neither code nor a file runs what it is fed. */
export function fedFromOutside(reading: Reading, [first, ...words]: readonly Word[]): void {
  if (!first || reading.here.elsewhere || words.some(({ text }) => TELLS.test(text))) return;
  reading.add('piped-code', 'severe', first, 'An interpreter runs whatever it is fed, which is no file of the launch.');
}

/** What deno and bun look up in a project's own file: what is no file by its name may be such a line. */
function taskOf(name: string, words: readonly Word[]): Word | undefined {
  const [first, second] = words;
  if (name === 'deno' && first?.text === 'task') return second ?? first;
  if (name !== 'bun' || !first) return undefined;
  const named = first.text === 'run' ? second : first;
  return named && !/^-|[./\\:]/.test(named.text) ? named : undefined;
}

/** Code that is loaded before the script. */
function preload(reading: Reading, word: Word): void {
  if (/^data:/i.test(word.text)) reading.report(inlineCode(word));
  else if (/^https?:/i.test(word.text))
    reading.add('other-source', 'severe', word, 'Code that is loaded before the server is fetched from this address.');
  else {
    place(reading, word);
    reading.starts('script', word);
  }
}

/** A script that an interpreter runs. */
export function readFile(reading: Reading, word: Word, depth = 0): void {
  if (depth > DEEPEST) return;
  reading.program = word.text;
  const npm = /^(npm|jsr):/.exec(word.text);
  if (npm) return reading.setPackage(npmPackage(word.text.slice(npm[0].length), null), restOf(word, npm[0].length));
  if (/^http:/i.test(word.text))
    reading.add(
      'unencrypted-source',
      'severe',
      word,
      'Code is fetched over a connection that anyone on the way can change.',
    );
  else if (/^(https|data|blob):/i.test(word.text))
    reading.add('other-source', 'warning', word, 'The code that runs is fetched from this address.');
  else {
    if (/^\.{1,2}[\\/]|^\/(tmp|dev\/shm|var\/tmp)\//.test(word.text)) place(reading, word);
    reading.starts('script', word);
  }
}
