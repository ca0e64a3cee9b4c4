import { EXIT } from '../exit.ts';
import { differenceText, launchText } from '../prompt/launchText.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `review <server>`: the whole launch as it would run now, against what was agreed. Refused when it cannot be resolved. */
export const addReview: AddCommand = (program, shell, leave) => {
  verb<[string], object>(program, shell, leave, {
    usage: 'review <server>',
    summary: 'show everything a server would run, and what changed',
    async run({ args: [server], out }) {
      const review = await (await shell.api()).servers.review({ server });
      const { paint } = out;
      out.result(review, () => {
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
