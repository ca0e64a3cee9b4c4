import { Refused, refusalText } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { findingText } from '../prompt/findingText.ts';
import { follow } from '../prompt/follow.ts';
import { differenceText, launchText } from '../prompt/launchText.ts';
import { lookUp } from '../prompt/lookUp.ts';
import { truthText } from '../prompt/packageText.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `consent <server>`: shows the launch, then asks a person to agree to exactly that; `--withdraw` takes consent back. */
export const addConsent: AddCommand = (program, shell, leave) => {
  verb<[string], { wait: boolean; withdraw?: boolean; asWritten?: boolean; allowScript?: string[] }>(
    program,
    shell,
    leave,
    {
      usage: 'consent <server>',
      summary: 'ask a person to agree to what a server runs',
      options: (command) =>
        command
          .option('--no-wait', 'ask, and do not wait for the answer')
          .option('--as-written', 'run its launcher instead of a pinned package')
          .option('--allow-script <package...>', 'let this package’s install script run')
          .option('--withdraw', 'take consent back; its sessions end'),
      async run({ args: [server], options, out }) {
        const api = await shell.api();
        if (options.withdraw) {
          await api.servers.withdraw({ server });
          out.result({}, () => out.line(`${server} does not start any more until somebody agrees again.`));
          return EXIT.ok;
        }
        const which = options.asWritten ? 'as-written' : 'usual';
        const { allowScript } = options;
        const known = await api.servers.review({ server, which });
        const looks =
          known.package !== null &&
          !options.asWritten &&
          (allowScript || (known.consent !== 'given' && known.truth === null));
        if (looks)
          await lookUp(await api.packages.prepare({ server, ...(allowScript ? { scripts: allowScript } : {}) }), out);
        const review = looks ? await api.servers.review({ server, which: allowScript ? 'upgrade' : which }) : known;
        if (review.launch === null || review.digest === null) {
          throw review.problem === null
            ? new Refused('LAUNCH_UNRESOLVED', server)
            : new Refused(review.problem.code, review.problem.detail ?? refusalText(review.problem));
        }
        if (review.consent === 'given') {
          out.result(review, () => out.line(`${server} is agreed to as it is.`));
          return EXIT.ok;
        }
        out.lines([
          ...findingText(review.launch, review.findings, out.paint),
          ...launchText(review.launch, out.paint),
          ...(review.truth === null ? [] : ['', ...truthText(review.truth, out.paint)]),
          ...differenceText(review.differences, out.paint),
          '',
        ]);
        const { ask } = await api.servers.consent({ server, digest: review.digest });
        return follow(shell, out, ask, options.wait);
      },
    },
  );
};
