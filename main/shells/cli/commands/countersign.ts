import { EXIT } from '../exit.ts';
import { givenText } from '../givenText.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `countersign [file]`: approve, here, a call that waits on somebody else's device; prints the answer to hand back. */
export const addCountersign: AddCommand = (program, shell, leave) => {
  verb<[string | undefined], object>(program, shell, leave, {
    usage: 'countersign [file]',
    summary: 'be the second person for somebody else’s request (a file, or standard input); prints the answer',
    async run({ args: [file], out }) {
      const api = await shell.api();
      const { ask } = await api.second.consider({ request: await givenText(shell, file, 'the request') });
      const exit = await follow(shell, out.json ? { ...out, result: () => {} } : out, ask, true);
      if (exit !== EXIT.ok) return exit;
      const { text } = await api.second.answer({ ask });
      out.result({ answer: text }, () => out.line(text));
      out.note('Hand this back: there, "countersign asks second" takes it.');
      return EXIT.ok;
    },
  });
};
