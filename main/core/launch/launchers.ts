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
  wrapper(
    'sudo',
    '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -r --role -t --type -T --command-timeout -U --other-user',
  ),
  wrapper('doas', '-u -C'),
  wrapper('pkexec', '--user'),
  wrapper('gsudo', '-u --user'),
  wrapper('runas'),
  wrapper('timeout', '-s --signal -k --kill-after', 1),
  wrapper('gtimeout', '-s --signal -k --kill-after', 1),
  wrapper('nice', '-n --adjustment'),
  wrapper('ionice', '-c -n --class --classdata'),
  wrapper('chrt', '-T --sched-runtime -P --sched-period -D --sched-deadline', 1),
  wrapper('taskset', '', 1),
  wrapper('prlimit'),
  wrapper('numactl', '-i --interleave -p --preferred -N --cpunodebind -C --physcpubind -m --membind'),
  wrapper('nohup'),
  wrapper('setsid'),
  wrapper('stdbuf', '-i --input -o --output -e --error'),
  wrapper('unbuffer'),
  wrapper('time', '-f --format -o --output'),
  wrapper('exec', '-a'),
  wrapper('command'),
  wrapper('builtin'),
  wrapper('coproc'),
  wrapper('noglob'),
  wrapper('nocorrect'),
  wrapper(
    'xargs',
    '-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var -J -R -S',
  ),
  wrapper('flock', '-w --timeout --wait -E --conflict-exit-code', 1),
  wrapper('chroot', '--userspec --groups', 1),
  wrapper('caffeinate', '-t -w'),
  wrapper('busybox'),
  wrapper('winpty'),
  wrapper('call'),
  wrapper('wsl', '-d --distribution -u --user --cd'),
  wrapper('xvfb-run', '-n -s -e -f -w -p --server-num --server-args --error-file --auth-file --xauth-protocol --wait'),
  wrapper('dbus-run-session', '--config-file --dbus-daemon'),
  wrapper('cross-env'),
  wrapper('corepack'),
  wrapper('dotenv', '-e -f -v'),
  wrapper('envchain', '', 1),
  wrapper('envdir', '', 1),
  wrapper('chpst', '-u -U -b -e -m -d -o -p -f -c -r -t -/ -C'),
  wrapper('setuidgid', '', 1),
  wrapper('s6-setuidgid', '', 1),
  wrapper('su-exec', '', 1),
  wrapper(
    'systemd-run',
    '-p --property -u --unit -E --setenv --slice -M --machine -H --host --working-directory --description --uid --gid --nice ' +
      '--service-type --job-mode --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --on-calendar ' +
      '--timer-property --path-property --socket-property --background',
  ),
  wrapper(
    'unshare',
    '-S --setuid -G --setgid -R --root -w --wd -l --load-interp --setgroups --map-user --map-group --map-users --map-groups --propagation',
  ),
  wrapper('nsenter', '-t --target -S --setuid -G --setgid'),
  wrapper('strace', '-e -o -s -E -O -S -P -u -b -I -a -X --output --user --env --string-limit'),
  wrapper('ltrace', '-e -o -s -u -a -n -A -D -F -l -x -w --output'),
  wrapper('valgrind'),
  wrapper(
    'setpriv',
    '--reuid --regid --groups --bounding-set --inh-caps --ambient-caps --securebits --pdeathsig --selinux-label --apparmor-profile',
  ),
  wrapper('runuser', '-u --user -g --group -G --supp-group'),
  wrapper('gosu', '', 1),
  wrapper('tini', '-p -e'),
  wrapper('dumb-init', '-r --rewrite'),
  wrapper('arch', '-arch -e'),
  wrapper('firejail'),
  wrapper('proxychains', '-f'),
  wrapper('proxychains4', '-f'),
  wrapper('torsocks', '-u --user -p --pass -a --address -P --port'),
]);

/** They give more rights than the person's own programs have. */
export const RAISES = /^(sudo|doas|pkexec|gsudo|runas|su)$/;

export const SHELLS = /^((r?ba|z|da|r?k|lk|mk|ok|pdk|po|ya|fi|a|t?c)?sh([-\d][\d.-]*)?|cmd|powershell|pwsh)$/;

/** Commands that shells of all kinds carry out themselves, and PowerShell's that start and load nothing, whose names are a verb and a noun. */
const SHELLS_OWN =
  /^(cd|chdir|pushd|popd|echo|printf|test|\[|\[\[|true|false|:|exec|command|builtin|eval|source|\.|export|unset|set|setx|declare|typeset|local|readonly|read|trap|ulimit|umask|wait|type|alias|unalias|hash|enable|shopt|pwd|mapfile|readarray|select|disown|jobs|fg|bg|times|shift|return|exit|let|if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|\{|\}|!|call|start|start-process|saps|rem|title|\$env:.*|start-sleep|invoke-(webrequest|restmethod)|(push|pop)-location|import-(?!module$)[a-z]+|add-(?!type$)[a-z]+|(get|set|new|write|out|remove|test|select|where|foreach)-[a-z]+)$/i;

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
    name: /^(node|nodejs|tsx|ts-node)$/,
    code: /^(-e|-p|-pe|--eval|--print)$/,
    valued:
      '-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists --tsconfig --cwd -e -p -pe --eval --print ' +
      // Node's others: one that was missing would pass its value for the script.
      '--allow-fs-read --allow-fs-write --build-snapshot-config --cpu-prof-dir --cpu-prof-interval --cpu-prof-name --debug-port ' +
      '--diagnostic-dir --disable-proto --disable-warning --dns-result-order --es-module-specifier-resolution ' +
      '--experimental-default-type --experimental-package-map --experimental-sea-config --experimental-test-isolation ' +
      '--experimental-test-tag-filter --heap-prof-dir --heap-prof-interval --heap-prof-name --heapsnapshot-near-heap-limit ' +
      '--heapsnapshot-signal --icu-data-dir --input-type --inspect-port --inspect-publish-uid --localstorage-file ' +
      '--max-http-header-size --max-old-space-size-percentage --network-family-autoselection-attempt-timeout --openssl-config ' +
      '--redirect-warnings --report-dir --report-directory --report-filename --report-signal --run --secure-heap ' +
      '--secure-heap-min --security-revert --snapshot-blob --test-concurrency --test-coverage-branches --test-coverage-exclude ' +
      '--test-coverage-functions --test-coverage-include --test-coverage-lines --test-global-setup --test-isolation ' +
      '--test-name-pattern --test-random-seed --test-reporter --test-reporter-destination --test-rerun-failures --test-shard ' +
      '--test-skip-pattern --test-timeout --title --tls-cipher-list --tls-keylog --trace-event-categories ' +
      '--trace-event-file-pattern --trace-require-module --unhandled-rejections --use-largepages --v8-pool-size ' +
      '--watch-kill-signal --watch-path',
  },
  {
    name: /^bun$/,
    code: /^(-e|-p|--eval|--print)$/,
    valued:
      '-r --require --import --preload -e --eval -p --print -c --config --cwd -d --define -l --loader -F --filter -u --origin ' +
      '--conditions --env-file --port --tsconfig-override --main-fields --extension-order --external --user-agent --shell',
  },
  { name: /^(python|pypy)[\d.]*$|^py$/, code: /^-c$/, valued: '-c -m -W -X --check-hash-based-pycs' },
  { name: /^(ruby|perl|lua)[\d.]*$|^osascript$/, code: /^-[eE]$/, valued: '-e -E -I -r -M -m -F -x' },
  { name: /^php[\d.]*$/, code: /^-r$/, valued: '-r -d -c -f' },
  {
    name: /^deno$/,
    code: /^$/,
    valued: '-c --config --import-map --lock -L --log-level --cert --location --seed --preload',
  },
  // Shells whose language is none like sh's, and others that take code so.
  {
    name: /^(nu|elvish|xonsh|ysh|expect|tclsh)[\d.]*$/,
    code: /^(-c|--commands?)$/,
    valued: '-c --command --commands -e --execute --config',
  },
];
