import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `start`, `stop`, `restart`, `disable`, `enable`, `remove`: one server each. Only `enable` loosens. */
export const addRun: AddCommand = (program, shell, leave) => {
  const simple = [
    ['start', 'start a server and read its tools', 'Started'],
    ['stop', 'end a server’s sessions and processes', 'Stopped'],
    ['restart', 'stop a server and start it again', 'Restarted'],
    ['disable', 'switch a server off', 'Switched off'],
    ['remove', 'remove a server from the configuration', 'Removed'],
  ] as const;
  for (const [operation, summary, done] of simple) {
    verb<[string], object>(program, shell, leave, {
      usage: `${operation} <server>`,
      summary,
      async run({ args: [server], out }) {
        const { servers } = await shell.api();
        await servers[operation]({ server });
        out.result({}, () => out.line(`${done}: ${server}`));
        return EXIT.ok;
      },
    });
  }

  verb<[string], { wait: boolean }>(program, shell, leave, {
    usage: 'enable <server>',
    summary: 'ask a person to switch a server on again',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [server], options, out }) {
      const { ask } = await (await shell.api()).servers.enable({ server });
      return follow(shell, out, ask, options.wait);
    },
  });
};
