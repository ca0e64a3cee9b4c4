/** Programs that start other programs, and which of their options take a value. */

/** A line nested deeper than this is not followed further. */
export const DEEPEST = 12;

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
      '-r --require --import --loader --experimental-loader -C --conditions --env-file --tsconfig --cwd -e -p -pe --eval --print',
  },
  { name: /^(python|pypy)[\d.]*$|^py$/, code: /^-[a-zA-Z]*c$/, valued: '-c -m -W -X -Ic -uc -Sc -Bc' },
  { name: /^(ruby|perl|lua|osascript)$/, code: /^-[a-z]*[eE]$/, valued: '-e -E -I -r -ne -pe -l' },
  { name: /^php$/, code: /^-r$/, valued: '-r -d -c -f' },
  { name: /^deno$/, code: /^$/, valued: '-c --config --import-map --lock -L --log-level' },
];
