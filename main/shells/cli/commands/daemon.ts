import { DISK_WORDS, type DiskState, roomText } from '../../../contract/disk.ts';
import type { DaemonStatus } from '../../../contract/status.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import type { Paint } from '../paint.ts';
import { type AddCommand, verb } from '../verb.ts';
import { wholeNumber } from '../wholeNumber.ts';

/** `daemon` in the foreground, `daemon status`, `daemon stop`. */
export const addDaemon: AddCommand = (program, shell, leave) => {
  const daemon = program
    .command('daemon')
    .description('run the daemon in the foreground (Ctrl-C stops it)')
    .option('--new-passcode', 'choose another passcode on this terminal, after the present one')
    .option('--port <number>', 'where a browser finds it; any free port unless given', wholeNumber(65_535))
    .enablePositionalOptions()
    .action(async ({ newPasscode, port }: { newPasscode?: true; port?: number }) => {
      const args = [...(newPasscode ? ['--new-passcode'] : []), ...(port === undefined ? [] : ['--port', `${port}`])];
      leave(await shell.run('daemon', args));
    });

  verb(daemon, shell, leave, {
    usage: 'status',
    summary: 'say what runs, who can approve and where keys are kept',
    async run({ out }) {
      const status = await (await shell.api()).daemon.status();
      out.result(status, () => print(out, status));
      return status.problems.length === 0 ? EXIT.ok : EXIT.refused;
    },
  });

  verb(daemon, shell, leave, {
    usage: 'stop',
    summary: 'end every session and the daemon',
    async run({ out }) {
      await (await shell.api()).daemon.stop();
      out.result({}, () => out.line('Stopped.'));
      return EXIT.ok;
    },
  });
};

const MODES = {
  app: 'the app’s window approves',
  headless: 'the passcode approves, at a terminal or in the browser',
  'look-only': 'look and review only: nobody can approve',
} as const;

function print(out: Output, status: DaemonStatus) {
  const { paint } = out;
  out.table([
    [paint.dim('daemon'), `${status.version}, process ${status.pid}, since ${status.since}`],
    [paint.dim('mode'), `${paint.bold(status.mode)}  ${MODES[status.mode]}`],
    [
      paint.dim('keys'),
      `${paint.bold(`${status.keystore.kind}, ${status.keystore.state}`)}  ${status.keystore.detail}`,
    ],
    [paint.dim('passcode'), status.passcode],
    [paint.dim('device'), status.device ?? 'none yet'],
    [
      paint.dim('sandbox'),
      status.confines === null ? 'not known without keys' : status.confines ? 'on' : paint.warn('none works here'),
    ],
    [paint.dim('disk'), diskText(paint, status.disk)],
    [paint.dim('home'), status.home],
    [
      paint.dim('counts'),
      `${status.servers} servers, ${status.sessions} sessions, ${status.asks} open asks, ${status.records} records`,
    ],
  ]);
  out.problems(status.problems);
}

function diskText(paint: Paint, { state, free }: DiskState): string {
  if (state === 'enough') return roomText(free);
  const text = state === 'lost' ? 'does not answer' : roomText(free);
  return `${(state === 'low' ? paint.warn : paint.bad)(text)}  ${DISK_WORDS[state]}`;
}
