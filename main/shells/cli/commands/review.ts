import type { Command } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { findingText } from '../prompt/findingText.ts';
import { differenceText, launchText } from '../prompt/launchText.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

/**
 * `review <server>`: the whole launch as it would run now, against what was agreed. Refused when it cannot be resolved.
 * `review -- <command…>`: what any command line would run, without adding it.
 */
export const addReview: AddCommand = (program, shell, leave) => {
  verb<[string | undefined, string[]], object>(program, shell, leave, {
    usage: 'review [server] [command...]',
    summary: 'show everything a server would run, and what changed; after --, what any command line would run',
    async run({ args: [server, rest], out }) {
      const api = await shell.api();
      const { paint } = out;
      if (server === undefined) throw new Refused('INPUT_INVALID', 'name a server, or give a command line after --');
      if (afterDashes(program, server)) {
        const line = await api.servers.reviewLine({ command: server, args: rest });
        out.result(line, () => {
          out.lines(findingText({ command: server, args: rest }, line.findings, paint));
          out.line(
            `runs ${visible(line.program)}${line.launchers.length === 0 ? '' : ` through ${visible(line.launchers.join(', '))}`}`,
          );
          out.line(paint.dim(`line ${line.digest}`));
        });
        return EXIT.ok;
      }
      if (rest.length > 0) throw new Refused('INPUT_INVALID', 'a command line stands after --');
      const review = await api.servers.review({ server });
      out.result(review, () => {
        if (review.launch !== null) out.lines(findingText(review.launch, review.findings, paint));
        if (review.launch !== null) out.lines(launchText(review.launch, paint));
        if (review.differences.length > 0)
          out.lines(['', paint.bold('Changed since it was agreed to'), ...differenceText(review.differences, paint)]);
        out.line();
        if (review.digest !== null) out.line(paint.dim(`launch ${review.digest}`));
        if (review.consent === 'given')
          out.line(
            paint.good(`Agreed to${review.agreed === null ? '' : ` by ${review.agreed.by} at ${review.agreed.at}`}.`),
          );
        else if (review.digest !== null)
          out.line(
            `${paint.warn(review.consent === 'changed' ? 'Changed since it was agreed to.' : 'Nobody has agreed to this yet.')} countersign consent ${server}`,
          );
        if (review.problem !== null) out.refused(review.problem);
      });
      return review.problem === null ? EXIT.ok : EXIT.refused;
    },
  });
};

/** Whether these words stand after `--`, and so are a command line and no server's name. */
function afterDashes(program: Command, first: string): boolean {
  const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] };
  const dashes = rawArgs.indexOf('--');
  return dashes >= 0 && rawArgs[dashes + 1] === first;
}
