import { Refused } from '../../../contract/errors.ts';
import { DEFAULT_SENDING, type SyncSending, type SyncStatus, syncForm, syncSending } from '../../../contract/sync.ts';
import { behindWords, FORM_WORDS, sendingRows } from '../../../contract/syncWords.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

const NO_WAIT = ['--no-wait', 'ask, and do not wait for the answer'] as const;

/** `sync enroll|status|pause|resume|rotate|leave`. What leaves the machine is a person's decision; going on with it is not. */
export const addSync: AddCommand = (program, shell, leave) => {
  const sync = program.command('sync').description('send the ledger to a collector, which witnesses it');

  verb<[string, string], { wait: boolean; send?: string[] }>(sync, shell, leave, {
    usage: 'enroll <url> <code>',
    summary: 'ask a person whether this ledger may go to a collector; the code is from its console',
    options: (command) =>
      command
        .option(
          '--send <class=form...>',
          'what of which class (read, read-sensitive, write, external, other): everything, facets or hash',
        )
        .option(...NO_WAIT),
    async run({ args: [url, code], options, out }) {
      const api = await shell.api();
      const { ask } = await api.sync.enrol({ url, code, sending: readSending(options.send ?? []) });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb(sync, shell, leave, {
    usage: 'status',
    summary: 'how far the collector is, and what is in the way',
    async run({ out }) {
      const status = await (await shell.api()).sync.status();
      out.result(status, () => drawStatus(status, out));
      return status.state === 'stopped' ? EXIT.refused : EXIT.ok;
    },
  });

  for (const [usage, summary] of [
    ['pause', 'ask a person whether to send nothing for a while; nothing is lost'],
    ['leave', 'ask a person whether to send nothing more and forget the collector'],
  ] as const) {
    verb<[], { wait: boolean }>(sync, shell, leave, {
      usage,
      summary,
      options: (command) => command.option(...NO_WAIT),
      async run({ options, out }) {
        const { ask } = await (await shell.api()).sync[usage]();
        return follow(shell, out, ask, options.wait);
      },
    });
  }

  for (const [usage, summary, words] of [
    ['resume', 'go on sending; also what to do after a problem is put right', 'Sending again.'],
    ['rotate', 'sign requests with a new key', 'Requests are signed with a new key.'],
  ] as const) {
    verb(sync, shell, leave, {
      usage,
      summary,
      async run({ out }) {
        await (await shell.api()).sync[usage]();
        out.result({}, () => out.line(words));
        return EXIT.ok;
      },
    });
  }
};

/** The defaults with what was given instead. Throws `Refused('INPUT_INVALID')`. */
function readSending(given: readonly string[]): SyncSending {
  const sending: Record<string, unknown> = { ...DEFAULT_SENDING };
  for (const text of given) {
    const [name = '', form = ''] = text.split('=');
    if (!(name in sending) || !syncForm.safeParse(form).success)
      throw new Refused('INPUT_INVALID', `--send ${text}: give class=form, such as write=facets`);
    sending[name] = form;
  }
  return syncSending.parse(sending);
}

const STATES: Record<SyncStatus['state'], string> = {
  off: 'not enrolled',
  idle: 'up to date',
  sending: 'sending',
  waiting: 'waiting to try again',
  paused: 'paused',
  stopped: 'stopped: needs a person',
};

function drawStatus(status: SyncStatus, out: Output): void {
  const { paint } = out;
  if (status.state === 'off')
    return out.line('This ledger goes to no collector. A code from one: countersign sync enroll');
  const { witnessed, problem, sending } = status;
  out.table([
    [paint.dim('collector'), `${visible(status.organisation ?? '')} ${paint.dim(status.url ?? '')}`],
    [paint.dim('state'), status.state === 'stopped' ? paint.bad(STATES.stopped) : STATES[status.state]],
    [paint.dim('received'), `${status.received} of ${status.records} records, ${behindWords(status.lag)} behind`],
    [
      paint.dim('witnessed'),
      witnessed === null
        ? 'nothing yet'
        : `the first ${witnessed.size} records, by ${visible(witnessed.by)} at ${witnessed.at}`,
    ],
    ...(sending === null ? [] : sendingRows(sending).map(({ what, form }) => [paint.dim(what), FORM_WORDS[form]])),
    ...(status.nextAt === null ? [] : [[paint.dim('tries again'), status.nextAt]]),
    ...(problem === null
      ? []
      : [[paint.dim('problem'), paint.warn(`${problem.message} ${visible(problem.detail ?? '')}`)]]),
  ]);
}
