/** Programs that start other programs, and which of their options take a value. */

/** A line nested deeper than this is not followed further. */
export const DEEPEST = 12;
export const TOO_DEEP = 'So much is nested or strung together here that nobody can follow what runs.';

/** Each only changes how the rest of its words runs; a number is how many plain words are its own. */
export const WRAPPERS: Readonly<Record<string, { readonly valued: string; readonly own: number }>> = {
  sudo: { valued: '-u --user -g --group -h -p -C -D --chdir -r -t', own: 0 },
  doas: { valued: '-u -C', own: 0 },
  pkexec: { valued: '--user', own: 0 },
  gsudo: { valued: '-u --user', own: 0 },
  runas: { valued: '', own: 0 },
  timeout: { valued: '-s --signal -k --kill-after', own: 1 },
  gtimeout: { valued: '-s --signal -k --kill-after', own: 1 },
  nice: { valued: '-n --adjustment', own: 0 },
  ionice: { valued: '-c -n --class --classdata', own: 0 },
  chrt: { valued: '', own: 1 },
  taskset: { valued: '', own: 1 },
  nohup: { valued: '', own: 0 },
  setsid: { valued: '', own: 0 },
  stdbuf: { valued: '-i -o -e', own: 0 },
  unbuffer: { valued: '', own: 0 },
  time: { valued: '-f -o', own: 0 },
  exec: { valued: '-a', own: 0 },
  command: { valued: '', own: 0 },
  xargs: { valued: '-I -n -P -d -L', own: 0 },
  flock: { valued: '-w -E', own: 1 },
  chroot: { valued: '', own: 1 },
  caffeinate: { valued: '-t -w', own: 0 },
  busybox: { valued: '', own: 0 },
  winpty: { valued: '', own: 0 },
  start: { valued: '/d', own: 0 },
  wsl: { valued: '-d --distribution -u --user --cd', own: 0 },
  'xvfb-run': { valued: '-n -s -e -f -w --server-num --server-args', own: 0 },
  'dbus-run-session': { valued: '', own: 0 },
  'cross-env': { valued: '', own: 0 },
  dotenv: { valued: '-e -f -v', own: 0 },
  envchain: { valued: '', own: 1 },
  'systemd-run': {
    valued: '-p --property -u --unit -E --setenv --slice -M --machine -H --host --working-directory -d',
    own: 0,
  },
  unshare: { valued: '-S -G -R -w --root --wd --setuid --setgid', own: 0 },
  nsenter: { valued: '-t --target -S -G', own: 0 },
  strace: { valued: '-e -o -s -E -O -S -P -u -b -I -a', own: 0 },
  ltrace: { valued: '-e -o -s -u -a', own: 0 },
  setpriv: { valued: '--reuid --regid --groups --bounding-set --inh-caps --ambient-caps', own: 0 },
  runuser: { valued: '-u --user -g --group', own: 0 },
  gosu: { valued: '', own: 1 },
  tini: { valued: '-p -e', own: 0 },
  'dumb-init': { valued: '', own: 0 },
  arch: { valued: '-arch -e', own: 0 },
  firejail: { valued: '', own: 0 },
  proxychains: { valued: '-f', own: 0 },
  proxychains4: { valued: '-f', own: 0 },
  torsocks: { valued: '', own: 0 },
};

/** The same for programs whose first word says so: version managers, environments, vaults of secrets. */
export const WRAPPING_VERBS: typeof WRAPPERS = {
  'mise exec': { valued: '-C --cd', own: 0 },
  'mise x': { valued: '-C --cd', own: 0 },
  'asdf exec': { valued: '', own: 0 },
  'direnv exec': { valued: '', own: 1 },
  'volta run': { valued: '--node --npm', own: 0 },
  'fnm exec': { valued: '--using', own: 0 },
  'nvm exec': { valued: '', own: 1 },
  'conda run': { valued: '-n --name -p --prefix --cwd', own: 0 },
  'mamba run': { valued: '-n --name -p --prefix --cwd', own: 0 },
  'poetry run': { valued: '-C --directory -P --project', own: 0 },
  'pipenv run': { valued: '', own: 0 },
  'pdm run': { valued: '-p --project', own: 0 },
  'hatch run': { valued: '-e --env', own: 0 },
  'rye run': { valued: '', own: 0 },
  'bundle exec': { valued: '', own: 0 },
  'op run': { valued: '--env-file --account', own: 0 },
  'doppler run': { valued: '-p --project -c --config', own: 0 },
  'infisical run': { valued: '--env --path --projectId', own: 0 },
  'aws-vault exec': { valued: '-d --duration', own: 1 },
  'dotenvx run': { valued: '-f --env-file', own: 0 },
  'dotenv run': { valued: '-f --file', own: 0 },
};

/** They give more rights than the person's own programs have. */
export const RAISES = /^(sudo|doas|pkexec|gsudo|runas|su)$/;

export const SHELLS = /^(sh|bash|zsh|dash|ksh|fish|ash|cmd|powershell|pwsh)$/;
const CODE = /^(node|nodejs|deno|bun|tsx|ts-node|python[\d.]*|pypy[\d.]*|ruby|perl|php|lua|osascript)$/;

/** Commands that shells of all kinds carry out themselves, and PowerShell's, whose names are a verb and a noun. */
const SHELLS_OWN =
  /^(cd|chdir|pushd|popd|echo|printf|test|\[|\[\[|true|false|:|exec|command|builtin|eval|source|\.|export|unset|set|setx|declare|typeset|local|readonly|read|trap|ulimit|umask|wait|type|alias|shift|return|exit|let|if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|\{|\}|!|call|start|rem|title|\$env:.*|(get|set|new|start|invoke|write|out|import|add|remove|test|select|where|foreach)-[a-z]+)$/i;

export function isShellsOwn(name: string): boolean {
  return SHELLS_OWN.test(name);
}

/** Programs that only start what they are told, shells and interpreters included. */
export function isStarter(name: string): boolean {
  return (
    isInterpreter(name) ||
    Object.hasOwn(WRAPPERS, name) ||
    /^(env|npx|bunx|pnpx|npm|pnpm|yarn|bun|uvx|uv|pipx)$/.test(name)
  );
}

/** A shell, or a language's interpreter. */
export function isInterpreter(name: string): boolean {
  return SHELLS.test(name) || CODE.test(name);
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
  { name: /^(ruby|perl|lua|osascript)$/, code: /^-[eE]$/, valued: '-e -E -I -r -M -m -F -x' },
  { name: /^php$/, code: /^-r$/, valued: '-r -d -c -f' },
  { name: /^deno$/, code: /^$/, valued: '-c --config --import-map --lock -L --log-level' },
];
