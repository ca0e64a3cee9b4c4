/** Programs that hand a text, or the rest of their words, to a shell or to a program of their own choosing. */
import { DEEPEST, isInterpreter, WRAPPERS } from './launchers.ts';
import { optionsAmong, readOptions } from './options.ts';
import type { Reading } from './reading.ts';
import { readScript } from './readShell.ts';
import { joinedAt } from './shellScript.ts';
import { programName, type Word } from './word.ts';

/** Follows what such a program is told to run; false where it is told nothing. */
type Reader = (reading: Reading, name: string, words: readonly Word[], depth: number) => boolean;

/** What Nix fetches or builds, and then starts. */
const NIX_VALUES = '-f --file -I --include --inputs-from --profile --arg --argstr --expr';
const SSH_VALUES = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w';
/** Settings of ssh whose value a shell runs here (ssh_config(5)). */
const SSH_COMMAND = /^(ProxyCommand|LocalCommand|KnownHostsCommand)[\s=]+(?!none$)/i;

/** The value of an option that stands anywhere, as a shell's script. */
const byOption =
  (script: RegExp, valued: string): Reader =>
  (reading, name, words, depth) => {
    const given = optionsAmong(words, valued).options.findLast((one) => script.test(one.name))?.value;
    return handOn(reading, name, given ?? undefined, depth);
  };

const MISE = byOption(/^(-c|--command)$/, '-c --command -C --cd -j --jobs -E --env');
const AS_USER =
  '-c --command --session-command -g --group -G --supp-group -s --shell -u --user -w --whitelist-environment';

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'script',
    byOption(
      /^(-c|--command)$/,
      '-c --command -E --echo -I --log-in -B --log-io -O --log-out -T --log-timing -m --logging-format -o --output-limit',
    ),
  ],
  ['su', byOption(/^(-c|--command|--session-command)$/, AS_USER)],
  ['runuser', byOption(/^(-c|--command|--session-command)$/, AS_USER)],
  [
    'nix-shell',
    byOption(/^--(run|command)$/, '--run --command -p --packages -I --arg --argstr -A --attr -j -E --expr'),
  ],
  [
    'mise',
    (reading, name, words, depth) => /^(exec|x)$/.test(words[0]?.text ?? '') && MISE(reading, name, words, depth),
  ],
  ['flock', readFlock],
  ['watch', readWatch],
  ['find', readFind],
  ['sops', readSops],
  ['nix', readNix],
  ['bwrap', readBwrap],
  ['ssh', readSsh],
  ['xargs', noteReplaced],
  ['start', readStart],
  ['start-process', readStartProcess],
  ['saps', readStartProcess],
]);

/** Follows what a program of this name is told to run; false for any other. */
export const readHanded: Reader = (reading, name, words, depth) =>
  READERS.get(name)?.(reading, name, words, depth) ?? false;

/** A text for a shell; false where there is none. */
function handOn(reading: Reading, name: string, script: Word | undefined, depth: number): boolean {
  if (!script) return false;
  reading.launchers.push(name);
  readScript(reading, 'sh', script, depth + 1);
  return true;
}

/** Words that are started as they are; false where there are none. */
function startOn(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  if (words.length === 0) return false;
  reading.launchers.push(name);
  reading.follow(words, depth + 1);
  return true;
}

/** flock(1): a script only where its option stands behind the file, and nothing else with it. */
function readFlock(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const [, option, script, ...more] = readOptions(words, WRAPPERS.get(name)?.valued ?? '', { shortened: true }).rest;
  const is = /^(-c|--command)$/.test(option?.text ?? '') && more.length === 0;
  return is && handOn(reading, name, script, depth);
}

function readWatch(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const { options, rest } = readOptions(words, '-n --interval -q --equexit', { shortened: true });
  if (options.some((one) => /^(-x|--exec)$/.test(one.name))) return startOn(reading, name, rest, depth);
  const [first] = rest;
  return handOn(reading, name, first && rest.length > 1 ? joinedAt(first, rest) : first, depth);
}

function readFind(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const told = behind(words, /^-(exec|execdir|ok|okdir)$/);
  const end = told.findIndex(({ text }) => /^[;+]$/.test(text));
  if (!startOn(reading, name, end < 0 ? told : told.slice(0, end), depth)) return false;
  if (end >= 0 && depth < DEEPEST) reading.aside(() => readFind(reading, name, told.slice(end + 1), depth + 1));
  return true;
}

/** cmd's: a title and switches stand before the program. */
function readStart(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const at = words.findIndex(
    ({ text }, index) => text !== '' && !/^\//.test(text) && !/^\/d$/i.test(words[index - 1]?.text ?? ''),
  );
  return startOn(reading, name, at < 0 ? [] : words.slice(at), depth);
}

/** PowerShell's: the program, and a list of its arguments. */
function readStartProcess(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const named = behind(words, /^-f/i)[0] ?? words.find(({ text }) => !text.startsWith('-'));
  const list = behind(words, /^-a/i);
  const end = list.findIndex(({ text }) => text.startsWith('-'));
  return startOn(reading, name, named ? [named, ...list.slice(0, end < 0 ? list.length : end)] : [], depth);
}

function readSops(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const [verb, , script] = words.filter(({ text }) => !text.startsWith('-'));
  return verb?.text === 'exec-env' && handOn(reading, name, script, depth);
}

/** `nix run`, and `nix shell` and its like with a command. */
function readNix(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const [verb, ...rest] = readOptions(words, NIX_VALUES).rest;
  if (!/^(run|shell|develop)$/.test(verb?.text ?? '')) return false;
  const from = readOptions(rest, NIX_VALUES).rest[0];
  const source = from && from.text !== '--' && !/^(-c|--command)$/.test(from.text) ? from : verb;
  if (source)
    reading.add('other-source', 'warning', source, 'What runs is fetched or built by Nix, from where this says.');
  if (verb?.text !== 'run') return startOn(reading, name, behind(rest, /^(-c|--command)$/), depth);
  reading.launchers.push(name);
  reading.program = source?.text ?? '';
  return true;
}

/** What xargs puts in the place of code, or of a file with it, comes from what it is fed. */
function noteReplaced(reading: Reading, name: string, words: readonly Word[]): boolean {
  const { options, rest } = readOptions(words, WRAPPERS.get(name)?.valued ?? '', { shortened: true });
  const mark = options.findLast((one) => one.name === '-I')?.value?.text;
  const [program, ...more] = rest;
  if (!mark || !program || !isInterpreter(programName(program.text))) return false;
  const option = more.findIndex(({ text }) => /^-[a-z]*[ce]$/i.test(text));
  const code = option < 0 ? more.find(({ text }) => !text.startsWith('-')) : more[option + 1];
  if (code?.text.includes(mark))
    reading.add('piped-code', 'severe', code, 'An interpreter is fed code that is no file of the launch.');
  return false;
}

/** Options of bubblewrap (bwrap(1)) that take two words or three; of the others these take none. */
const BWRAP_THREE = /^--overlay$/;
const BWRAP_TWO = /^--((dev-|ro-)?bind(-try|-data|-fd)?|setenv|symlink|file|chmod)$/;
const BWRAP_NONE =
  /^--(unshare-.*|share-net|new-session|die-with-parent|as-pid-1|clearenv|disable-userns|assert-userns-disabled|help|version|level-prefix)$/;

function readBwrap(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  let at = 0;
  for (let text = words[at]?.text; text?.startsWith('--'); text = words[at]?.text) {
    if (text === '--') return startOn(reading, name, words.slice(at + 1), depth);
    at += BWRAP_NONE.test(text) ? 1 : BWRAP_TWO.test(text) ? 3 : BWRAP_THREE.test(text) ? 4 : 2;
  }
  return startOn(reading, name, words.slice(at), depth);
}

/** What runs here to reach the other machine, and what runs there. */
function readSsh(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const { options, rest } = readOptions(words, SSH_VALUES);
  for (const { name: option, value } of options) {
    const setting = option === '-o' && value ? SSH_COMMAND.exec(value.text)?.[0] : undefined;
    if (setting === undefined || !value) continue;
    const script = { ...value, text: value.text.slice(setting.length) };
    reading.aside(() => readScript(reading, 'sh', script, depth + 1));
  }
  const there = rest.slice(1);
  const [first] = there;
  const { here } = reading;
  reading.here = { ...here, elsewhere: true };
  const told = handOn(reading, name, first && there.length > 1 ? joinedAt(first, there) : first, depth);
  reading.here = here;
  return told;
}

function behind(words: readonly Word[], option: RegExp): readonly Word[] {
  const at = words.findIndex(({ text }) => option.test(text));
  return at < 0 ? [] : words.slice(at + 1);
}
