import { EXIT } from '../exit.ts';
import { findingText } from '../prompt/findingText.ts';
import { follow } from '../prompt/follow.ts';
import { differenceText } from '../prompt/launchText.ts';
import { lookUp } from '../prompt/lookUp.ts';
import { truthText } from '../prompt/packageText.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';
import { repeated } from './consent.ts';

/** `upgrade <server>`: asks the registry for what its command line would run today, shows the difference, and asks a person. */
export const addUpgrade: AddCommand = (program, shell, leave) => {
  verb<[string], { wait: boolean; allowScript?: string[] }>(program, shell, leave, {
    usage: 'upgrade <server>',
    summary: 'look for a newer version of a server’s package, and ask a person to agree to the difference',
    options: (command) =>
      command
        .option('--allow-script <package>', 'let this package’s install script run, repeatable', repeated)
        .option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [server], options, out }) {
      const api = await shell.api();
      const { allowScript } = options;
      const wishes = { server, fresh: true, ...(allowScript ? { scripts: allowScript } : {}) };
      const found = await lookUp(await api.packages.prepare(wishes), out);
      const review = await api.servers.review({ server, which: 'upgrade' });
      if (!review.upgrade || review.digest === null || review.launch === null) {
        out.result(review, () => {
          out.lines(truthText(found.truth, out.paint));
          out.line(
            found.notPinned === null
              ? `${server} runs that already.`
              : `It is not pinned: ${visible(found.notPinned)}.`,
          );
        });
        return EXIT.ok;
      }
      out.lines([
        ...findingText(review.launch, review.findings, out.paint),
        ...differenceText(review.differences, out.paint),
        '',
      ]);
      const { ask } = await api.servers.consent({ server, digest: review.digest });
      return follow(shell, out, ask, options.wait);
    },
  });
};
