import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import type { LineReview } from '../../../contract/launch.ts';
import type { LaunchPackage, PackageTruth } from '../../../contract/package.ts';
import type { CommandLine } from '../../../contract/server.ts';
import { findingsWithTruth, reviewLineAlone } from '../../../services/launch/lineAlone.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { findingText } from '../prompt/findingText.ts';
import { differenceText, launchText } from '../prompt/launchText.ts';
import { lookUp } from '../prompt/lookUp.ts';
import { truthText } from '../prompt/packageText.ts';
import { refusalOf } from '../refused.ts';
import type { Shell } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

/**
 * `review <server>`: the whole launch as it would run now, against what was agreed. Refused when it cannot be resolved.
 * `review -- <command…>`: what any command line would run, without adding it.
 */
export const addReview: AddCommand = (program, shell, leave) => {
  verb<[string | undefined, string[]], { look?: boolean }>(program, shell, leave, {
    usage: 'review [server] [command...]',
    summary: 'show everything a server would run, and what changed; after --, what any command line would run',
    options: (command) =>
      command
        .option('--look', 'ask the package’s registry, which is done by itself for a server nobody has agreed to')
        .option('--no-look', 'ask no registry'),
    async run({ args: [server, rest], options, out }) {
      const { paint } = out;
      if (server === undefined) throw new Refused('INPUT_INVALID', 'name a server, or give a command line after --');
      if (afterDashes(program, server)) {
        const words = { command: server, args: rest };
        const review = await reviewedLine(shell, words);
        const truth = options.look && review.package ? await truthOf(shell, review.package, out) : undefined;
        const findings = truth
          ? findingsWithTruth(words, review.findings, truth, new Date().toISOString())
          : review.findings;
        const line = truth ? { ...review, findings, truth } : review;
        out.result(line, () => {
          out.lines(findingText(words, findings, paint));
          out.line(
            `runs ${visible(line.program)}${line.launchers.length === 0 ? '' : ` through ${visible(line.launchers.join(', '))}`}`,
          );
          if (truth) out.lines(['', ...truthText(truth, paint), '']);
          out.line(paint.dim(`line ${line.digest}`));
        });
        return EXIT.ok;
      }
      if (rest.length > 0) throw new Refused('INPUT_INVALID', 'a command line stands after --');
      const api = await shell.api();
      const before = await api.servers.review({ server });
      const wanted = options.look ?? (before.consent !== 'given' && before.truth === null);
      const looked = before.package !== null && wanted;
      if (looked) await lookUp(await api.packages.prepare({ server, fresh: options.look === true }), out);
      const review = looked ? await api.servers.review({ server }) : before;
      out.result(review, () => {
        if (review.launch !== null) out.lines(findingText(review.launch, review.findings, paint));
        if (review.launch !== null) out.lines(launchText(review.launch, paint));
        if (review.truth !== null) out.lines(['', ...truthText(review.truth, paint)]);
        if (review.pinning?.kind === 'not')
          out.line(paint.dim(`Runs through its launcher: ${visible(review.pinning.why)}.`));
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
        if (review.upgrade && review.consent === 'given')
          out.line(`${paint.warn('Another version waits to be agreed to.')} countersign upgrade ${server}`);
        if (review.problem !== null) out.problems([review.problem]);
      });
      return review.problem === null ? EXIT.ok : EXIT.refused;
    },
  });
};

/**
 * What a line says of itself. The daemon knows the values in the keychain and so sees them in a line; without it, or
 * without keys, the same rules are applied here.
 */
async function reviewedLine(shell: Shell, line: CommandLine): Promise<LineReview> {
  try {
    return await (await shell.api()).servers.reviewLine(line);
  } catch (error) {
    if (!ALONE.includes(refusalOf(error).code)) throw error;
    return reviewLineAlone(line, (text) => createHash('sha256').update(text).digest('hex'));
  }
}
const ALONE: readonly string[] = ['DAEMON_ABSENT', 'KEYCHAIN_UNAVAILABLE', 'VAULT_LOCKED'];

async function truthOf(shell: Shell, named: LaunchPackage, out: Output): Promise<PackageTruth> {
  return (await lookUp(await (await shell.api()).packages.look(named), out)).truth;
}

/** Whether these words stand after `--`, and so are a command line and no server's name. */
function afterDashes(program: Command, first: string): boolean {
  const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] };
  const dashes = rawArgs.indexOf('--');
  return dashes >= 0 && rawArgs[dashes + 1] === first;
}
