/** Programs that hand a text, or the rest of their words, to a shell or to a program of their own choosing. */
import { isInterpreter, WRAPPERS } from './launchers.ts';
import { optionsAmong, readOptions } from './options.ts';
import type { Reading } from './reading.ts';
import { readScript } from './readShell.ts';
import { joinedAt } from './shellScript.ts';
import { programName, type Word } from './word.ts';

/** An option with a script in it, and those that take another value. */
interface Hands {
  readonly script: RegExp;
  readonly valued: string;
}

const HANDS: ReadonlyMap<string, Hands> = new Map([
  [
    'script',
    {
      script: /^(-c|--command)$/,
      valued:
        '-c --command -E --echo -I --log-in -B --log-io -O --log-out -T --log-timing -m --logging-format -o --output-limit',
    },
  ],
  [
    'su',
    {
      script: /^(-c|--command|--session-command)$/,
      valued: '-c --command --session-command -g --group -G --supp-group -s --shell -w --whitelist-environment',
    },
  ],
  [
    'runuser',
    {
      script: /^(-c|--command|--session-command)$/,
      valued: '-c --command --session-command -g --group -G --supp-group -s --shell -u --user -w',
    },
  ],
  [
    'nix-shell',
    { script: /^--(run|command)$/, valued: '--run --command -p --packages -I --arg --argstr -A --attr -j -E --expr' },
  ],
]);
const SSH_VALUES = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w';
/** Settings of ssh whose value a shell runs here (ssh_config(5)). */
const SSH_COMMAND = /^(ProxyCommand|LocalCommand|KnownHostsCommand)[\s=]+(?!none$)/i;

/** Follows what such a program is told to run; false for any other. */
export function readHanded(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  if (name === 'xargs') noteReplaced(reading, words);
  const hands = HANDS.get(name);
  if (hands) {
    const read = optionsAmong(words, hands.valued);
    const script = read.options.findLast((one) => hands.script.test(one.name))?.value;
    if (!script) return false;
    reading.launchers.push(name);
    readScript(reading, 'sh', script, depth + 1);
    return true;
  }
  if (name === 'flock') {
    const [, option, script, ...more] = readOptions(words, '-w --timeout --wait -E --conflict-exit-code').rest;
    if (!option || !/^(-c|--command)$/.test(option.text) || !script || more.length > 0) return false;
    reading.launchers.push(name);
    readScript(reading, 'sh', script, depth + 1);
    return true;
  }
  if (name === 'watch') {
    const { options, rest } = readOptions(words, '-n --interval -q --equexit');
    const [first] = rest;
    if (!first) return false;
    reading.launchers.push(name);
    if (options.some((one) => /^(-x|--exec)$/.test(one.name))) reading.follow(rest, depth + 1);
    else readScript(reading, 'sh', rest.length === 1 ? first : joinedAt(first, rest), depth + 1);
    return true;
  }
  if (name === 'find') {
    const [from, ...rest] = behind(words, /^-(exec|execdir|ok|okdir)$/);
    if (!from) return false;
    reading.launchers.push(name);
    const end = rest.findIndex(({ text }) => /^[;+]$/.test(text));
    reading.follow([from, ...rest.slice(0, end < 0 ? rest.length : end)], depth + 1);
    const others = end < 0 ? [] : rest.slice(end + 1);
    if (others.length > 0) reading.aside(() => readHanded(reading, name, others, depth));
    return true;
  }
  if (name === 'bwrap') {
    const rest = afterBwrap(words);
    if (rest.length === 0) return false;
    reading.launchers.push(name);
    reading.follow(rest, depth + 1);
    return true;
  }
  return name === 'ssh' && readSsh(reading, words, depth);
}

/** What xargs puts in the place of code, or of a file with it, comes from what it is fed. */
function noteReplaced(reading: Reading, words: readonly Word[]): void {
  const { options, rest } = readOptions(words, WRAPPERS.get('xargs')?.valued ?? '', { shortened: true });
  const mark = options.findLast((one) => one.name === '-I')?.value?.text;
  const [program, ...more] = rest;
  if (!mark || !program || !isInterpreter(programName(program.text))) return;
  const option = more.findIndex(({ text }) => /^-[a-z]*[ce]$/i.test(text));
  const code = option < 0 ? more.find(({ text }) => !text.startsWith('-')) : more[option + 1];
  if (code?.text.includes(mark))
    reading.add('piped-code', 'severe', code, 'An interpreter is fed code that is no file of the launch.');
}

/** Options of bubblewrap (bwrap(1)) that take two words or three; of the others these take none. */
const BWRAP_THREE = /^--overlay$/;
const BWRAP_TWO = /^--((dev-|ro-)?bind(-try|-data|-fd)?|setenv|symlink|file|chmod)$/;
const BWRAP_NONE =
  /^--(unshare-.*|share-net|new-session|die-with-parent|as-pid-1|clearenv|disable-userns|assert-userns-disabled|help|version|level-prefix)$/;

/** What bubblewrap starts. */
function afterBwrap(words: readonly Word[]): readonly Word[] {
  let at = 0;
  for (let text = words[at]?.text; text?.startsWith('--'); text = words[at]?.text) {
    if (text === '--') return words.slice(at + 1);
    at += BWRAP_NONE.test(text) ? 1 : BWRAP_TWO.test(text) ? 3 : BWRAP_THREE.test(text) ? 4 : 2;
  }
  return words.slice(at);
}

/** What runs here to reach the other machine, and what runs there. */
function readSsh(reading: Reading, words: readonly Word[], depth: number): boolean {
  const { options, rest } = readOptions(words, SSH_VALUES);
  for (const { name, value } of options) {
    const setting = name === '-o' && value ? SSH_COMMAND.exec(value.text)?.[0] : undefined;
    if (setting === undefined || !value) continue;
    const script = { ...value, text: value.text.slice(setting.length) };
    reading.aside(() => readScript(reading, 'sh', script, depth + 1));
  }
  const there = rest.slice(1);
  const [first] = there;
  if (!first) return false;
  reading.launchers.push('ssh');
  const { here } = reading;
  reading.here = { ...here, elsewhere: true };
  readScript(reading, 'sh', there.length === 1 ? first : joinedAt(first, there), depth + 1);
  reading.here = here;
  return true;
}

function behind(words: readonly Word[], option: RegExp): readonly Word[] {
  const at = words.findIndex(({ text }) => option.test(text));
  return at < 0 ? [] : words.slice(at + 1);
}
