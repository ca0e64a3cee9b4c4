/** Programs that start other programs, and which of their options take a value. */

/** A line nested deeper than this is not followed further. */
export const DEEPEST = 12;
export const TOO_DEEP = 'So much is nested or strung together here that nobody can follow what runs.';

/** Only changes how the rest of its words runs. */
export interface Wrapper {
  /** Options that take a value, as `readOptions` wants them. */
  readonly valued: string;
  /** How many plain words are its own. */
  readonly own: number;
}
export const wrapper = (name: string, valued = '', own = 0) => [name, { valued, own }] as const;

export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  wrapper('sudo', '-u --user -g --group -h -p -C -D --chdir -r -t'),
  wrapper('doas', '-u -C'),
  wrapper('pkexec', '--user'),
  wrapper('gsudo', '-u --user'),
  wrapper('runas'),
  wrapper('timeout', '-s --signal -k --kill-after', 1),
  wrapper('gtimeout', '-s --signal -k --kill-after', 1),
  wrapper('nice', '-n --adjustment'),
  wrapper('ionice', '-c -n --class --classdata'),
  wrapper('chrt', '', 1),
  wrapper('taskset', '', 1),
  wrapper('nohup'),
  wrapper('setsid'),
  wrapper('stdbuf', '-i -o -e'),
  wrapper('unbuffer'),
  wrapper('time', '-f -o'),
  wrapper('exec', '-a'),
  wrapper('command'),
  wrapper('builtin'),
  wrapper('coproc'),
  wrapper('noglob'),
  wrapper('nocorrect'),
  wrapper('xargs', '-I -n -P -d -L'),
  wrapper('flock', '-w -E', 1),
  wrapper('chroot', '', 1),
  wrapper('caffeinate', '-t -w'),
  wrapper('busybox'),
  wrapper('winpty'),
  wrapper('start'),
  wrapper('wsl', '-d --distribution -u --user --cd'),
  wrapper('xvfb-run', '-n -s -e -f -w --server-num --server-args'),
  wrapper('dbus-run-session'),
  wrapper('cross-env'),
  wrapper('dotenv', '-e -f -v'),
  wrapper('envchain', '', 1),
  wrapper('systemd-run', '-p --property -u --unit -E --setenv --slice -M --machine -H --host --working-directory'),
  wrapper('unshare', '-S -G -R -w --root --wd --setuid --setgid'),
  wrapper('nsenter', '-t --target -S -G'),
  wrapper('strace', '-e -o -s -E -O -S -P -u -b -I -a'),
  wrapper('ltrace', '-e -o -s -u -a'),
  wrapper('setpriv', '--reuid --regid --groups --bounding-set --inh-caps --ambient-caps'),
  wrapper('runuser', '-u --user -g --group'),
  wrapper('gosu', '', 1),
  wrapper('tini', '-p -e'),
  wrapper('dumb-init'),
  wrapper('arch', '-arch -e'),
  wrapper('firejail'),
  wrapper('proxychains', '-f'),
  wrapper('proxychains4', '-f'),
  wrapper('torsocks'),
]);

/** They give more rights than the person's own programs have. */
export const RAISES = /^(sudo|doas|pkexec|gsudo|runas|su)$/;

export const SHELLS = /^((r?ba|z|da|r?k|lk|mk|ok|pdk|po|ya|fi|a|t?c)?sh([-\d][\d.-]*)?|cmd|powershell|pwsh)$/;

/** Commands that shells of all kinds carry out themselves, and PowerShell's that start and load nothing, whose names are a verb and a noun. */
const SHELLS_OWN =
  /^(cd|chdir|pushd|popd|echo|printf|test|\[|\[\[|true|false|:|exec|command|builtin|eval|source|\.|export|unset|set|setx|declare|typeset|local|readonly|read|trap|ulimit|umask|wait|type|alias|unalias|hash|enable|shopt|pwd|mapfile|readarray|select|disown|jobs|fg|bg|times|shift|return|exit|let|if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|\{|\}|!|call|start|rem|title|\$env:.*|start-sleep|invoke-(webrequest|restmethod)|import-(?!module$)[a-z]+|add-(?!type$)[a-z]+|(get|set|new|write|out|remove|test|select|where|foreach)-[a-z]+)$/i;

/** Of a command as written: one that is named by its place is a program, whatever it is called. */
export function isShellsOwn(command: string): boolean {
  return SHELLS_OWN.test(command);
}

/** Programs that only start what they are told, shells and interpreters included. */
export function isStarter(name: string): boolean {
  return isInterpreter(name) || WRAPPERS.has(name) || /^(env|npx|bunx|pnpx|npm|pnpm|yarn|uvx|uv|pipx)$/.test(name);
}

/** A shell, or a language's interpreter. */
export function isInterpreter(name: string): boolean {
  return SHELLS.test(name) || INTERPRETERS.some((one) => one.name.test(name));
}

/** Options with which an interpreter takes code as an argument, and those that take another value. */
export const INTERPRETERS: readonly { readonly name: RegExp; readonly code: RegExp; readonly valued: string }[] = [
  {
    name: /^(node|nodejs|tsx|ts-node|bun)$/,
    code: /^(-e|-p|-pe|--eval|--print)$/,
    valued:
      '-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists --tsconfig --cwd -e -p -pe --eval --print',
  },
  { name: /^(python|pypy)[\d.]*$|^py$/, code: /^-c$/, valued: '-c -m -W -X' },
  { name: /^(ruby|perl|lua)[\d.]*$|^osascript$/, code: /^-[eE]$/, valued: '-e -E -I -r -M -m -F -x' },
  { name: /^php[\d.]*$/, code: /^-r$/, valued: '-r -d -c -f' },
  { name: /^deno$/, code: /^$/, valued: '-c --config --import-map --lock -L --log-level' },
];
