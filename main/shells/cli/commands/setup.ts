import { type ClientsView, clientNames } from '../../../contract/client.ts';
import { Refused, refusalText } from '../../../contract/errors.ts';
import type { LaunchReview } from '../../../contract/launch.ts';
import { EXIT } from '../exit.ts';
import { type Answers, answering, planned } from '../prompt/answers.ts';
import { chosenEntries, isUnprotected, shortId } from '../prompt/clientEntries.ts';
import { follow } from '../prompt/follow.ts';
import { showPlan } from '../prompt/planText.ts';
import { refusalOf } from '../refused.ts';
import type { Shell } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';
import { reviewed } from './consent.ts';

/** `setup`: from what the clients launch today to protected, in three decisions: which, what runs, what is written. */
export const addSetup: AddCommand = (program, shell, leave) => {
  verb<[string[]], Answers>(program, shell, leave, {
    usage: 'setup [entries...]',
    summary: 'find your AI clients, review what they launch, and put it behind Countersign',
    options: answering,
    async run({ args: [texts], options, out }) {
      const api = await shell.api();
      const { paint } = out;
      const view = await api.clients.list();
      const named = texts.length > 0;
      const around = view.files.flatMap(({ entries }) => entries).filter(isUnprotected);
      if (!named && around.length === 0) {
        out.result({ servers: [] }, () => out.line(nothingWords(view)));
        return EXIT.ok;
      }
      const found = chosenEntries(view, texts, named ? undefined : 'unprotected');
      // What came without its person is theirs to name.
      const chosen = found.filter(({ entry }) => named || entry.appeared === null);
      for (const { entry } of found.filter((one) => !chosen.includes(one)))
        out.note(`Left out, since it came without you: ${visible(entry.name)} (${shortId(entry)})`);
      if (chosen.length === 0)
        throw new Refused(
          'INPUT_INVALID',
          'all of it came without you: name what you know, such as “countersign setup cursor/files”',
        );
      out.line(paint.bold('What your clients launch around Countersign'));
      out.table(
        chosen.map(({ file, entry }) => [
          paint.bold(visible(entry.name)),
          clientNames(file),
          visible([entry.command ?? '', ...entry.args].join(' ')),
        ]),
      );
      if (
        !out.json &&
        !(await goOn(
          shell,
          `Put ${chosen.length === 1 ? 'this one' : `these ${chosen.length}`} behind Countersign? Enter goes on. `,
        ))
      )
        throw new Refused('ASK_WITHDRAWN', 'nothing was changed');

      const { choice, plan: first } = await planned(shell, api, chosen, options);
      const { servers } = await api.clients.import({ ...choice, digest: first.digest });
      const reviews = await Promise.all(
        servers.map((server) => {
          const note = (text: string) => out.note(visible(`${server}: ${text}`));
          // Looked up first, so that what is agreed to is one exact version; without an answer the line stands as written.
          return reviewed(api, server, {}, { note }).catch((error) => {
            note(`its package could not be checked: ${refusalText(refusalOf(error))}`);
            return api.servers.review({ server });
          });
        }),
      );
      const open = reviews.filter(({ consent, digest }) => consent !== 'given' && digest !== null);
      const isSevere = ({ findings }: LaunchReview) => findings.some(({ severity }) => severity === 'severe');
      const together = open.filter((review) => !isSevere(review));
      if ((await api.daemon.status()).mode === 'app')
        out.note(
          'Your prompts always carry your mark: two words and a picture, beside “Countersign asks”. Remember them.',
        );
      for (const { server, problem } of reviews)
        if (problem !== null) out.note(visible(`${server}: ${refusalText(problem)}`));
      if (together.length > 0) {
        const launches = together.map(({ server, digest }) => ({ server, digest: digest ?? '' }));
        const code = await follow(shell, quiet(out), (await api.servers.consentAll({ servers: launches })).ask, true);
        if (code !== EXIT.ok) return code;
      }
      for (const { server, digest } of open.filter(isSevere)) {
        const { ask } = await api.servers.consent({ server, digest: digest ?? '' });
        await follow(shell, quiet(out), ask, true);
      }

      const plan = await api.clients.plan(choice);
      showPlan(plan, out);
      const { ask } = await api.clients.protect({ ...choice, digest: plan.digest });
      return follow(shell, out, ask, true);
    },
  });
};

function nothingWords({ files, known }: ClientsView): string {
  return files.length === 0
    ? `None of the ${known} clients we know has a configuration here: nothing is started around Countersign.`
    : 'Nothing that could be put behind Countersign is started around it. What stands where: countersign clients list';
}

/** Without a terminal nobody is asked here: what loosens is asked of a person anyway. */
async function goOn(shell: Shell, question: string): Promise<boolean> {
  const terminal = shell.terminal();
  if (terminal === null) return true;
  try {
    const answer = await terminal.ask(question);
    return answer !== null && /^(y|yes)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** With `--json` only the last answer is the result. */
function quiet<Out extends { readonly json: boolean; result: unknown }>(out: Out): Out {
  return out.json ? { ...out, result: () => {} } : out;
}
