import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `passcode`: asks for a new one; it is typed where approvals are given, never here as an argument. */
export const addPasscode: AddCommand = (program, shell, leave) => {
  verb<[], { wait: boolean }>(program, shell, leave, {
    usage: 'passcode',
    summary: 'choose a passcode (typed in the app, or on the daemon’s own terminal)',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ options, out }) {
      const { ask } = await (await shell.api()).passcode.set();
      return follow(shell, out, ask, options.wait);
    },
  });
};
