import { Refused } from '../../../contract/errors.ts';
import { proofWords, STRICTNESS, type Strictness } from '../../../contract/personProof.ts';
import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `passcode`: asks for a new one, typed where approvals are given; `passcode wanted [for]`: when the window wants a proof. */
export const addPasscode: AddCommand = (program, shell, leave) => {
  const passcode = verb<[], { wait: boolean }>(program, shell, leave, {
    usage: 'passcode',
    summary: 'choose a passcode (typed in the app; headless: start the daemon with --new-passcode)',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ options, out }) {
      const { ask } = await (await shell.api()).passcode.set();
      return follow(shell, out, ask, options.wait);
    },
  });
  passcode.enablePositionalOptions();

  verb<[string | undefined], { wait: boolean }>(passcode, shell, leave, {
    usage: 'wanted [for]',
    summary: `say for what the window wants more than a click, or choose it: ${STRICTNESS.join(', ')}`,
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [given], options, out }) {
      const api = await shell.api();
      const state = await api.proof.state();
      if (given === undefined) {
        out.result(state, () => {
          out.line(`Wanted ${proofWords(state.strictness)}, and always for what decides who approves.`);
          if (state.system !== null) out.line('The system’s own authentication counts as well.');
          if (state.screen !== null)
            out.line(`Now for everything above reading: ${state.screen} can drive the screen.`);
        });
        return EXIT.ok;
      }
      const to = STRICTNESS.find((one) => one === given);
      if (to === undefined)
        throw new Refused('INPUT_INVALID', `it is wanted for one of ${STRICTNESS.join(', ')}, not ${given}`);
      if (isLess(to, state.strictness)) {
        const { ask } = await api.proof.lower({ to });
        return follow(shell, out, ask, options.wait);
      }
      await api.proof.raise({ to });
      out.result({}, () => out.line(`Wanted ${proofWords(to)}.`));
      return EXIT.ok;
    },
  });
};

function isLess(to: Strictness, now: Strictness): boolean {
  return STRICTNESS.indexOf(to) < STRICTNESS.indexOf(now);
}
