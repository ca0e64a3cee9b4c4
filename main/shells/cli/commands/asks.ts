import type { AskState, AskView } from '../../../contract/ask.ts';
import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { givenText } from '../givenText.ts';
import { answerAt } from '../prompt/answer.ts';
import { askText, endText } from '../prompt/askText.ts';
import { ended, follow } from '../prompt/follow.ts';
import { headline } from '../prompt/subject.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';

/**
 * `asks`, `asks again <id>`, `asks request <id>`, `asks second`, `approve <id>`, `deny <id>`, `deny-all <session>`. An id may
 * be given by its last characters when they fit one ask only that this can be done with.
 */
export const addAsks: AddCommand = (program, shell, leave) => {
  const asks = verb<[string | undefined], { all?: boolean }>(program, shell, leave, {
    usage: 'asks [id]',
    summary: 'list the questions that wait for a person, or show one in full',
    options: (command) => command.option('--all', 'the answered ones too'),
    async run({ args: [id], options, out }) {
      const api = await shell.api();
      if (id !== undefined) {
        const ask = await api.asks.get({ id: await complete(api, id) });
        out.result(ask, () => out.lines([...askText(ask, out.paint, true).lines, endText(ask, out.paint)]));
        return EXIT.ok;
      }
      const every = await api.asks.list({ open: false });
      const list = options.all === true ? every : every.filter(({ state }) => WAITING.includes(state));
      out.result(list, () => {
        if (list.length === 0) return out.line('Nobody is asked anything.');
        out.table(
          list.map((ask) => [
            ask.id,
            ask.subject.kind,
            headline(ask.subject),
            ask.state === 'open' ? out.paint.dim(openText(ask)) : endText(ask, out.paint),
          ]),
          ['ask', 'kind', 'effect', 'state'],
        );
      });
      return EXIT.ok;
    },
  });

  // What follows a subcommand's name is the subcommand's.
  asks.enablePositionalOptions();

  verb<[string], { wait: boolean }>(asks, shell, leave, {
    usage: 'again <id>',
    summary: 'ask once more about a call that nobody answered in time: a yes lets its retry through',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [id], options, out }) {
      const api = await shell.api();
      const { ask } = await api.asks.again({ id: await complete(api, id, MISSED) });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string], object>(asks, shell, leave, {
    usage: 'request <id>',
    summary: 'print the request to hand to a second person, for an ask that one person has allowed',
    async run({ args: [id], out }) {
      const api = await shell.api();
      const request = await api.second.request({ ask: await complete(api, id) });
      out.result(request, () => out.line(request.text));
      return EXIT.ok;
    },
  });

  verb<[string | undefined], object>(asks, shell, leave, {
    usage: 'second [file]',
    summary: 'take the second person’s answer back (a file, or standard input): the call may run then',
    async run({ args: [file], out }) {
      const api = await shell.api();
      return ended(out, await api.second.give({ answer: await givenText(shell, file, 'the answer') }));
    },
  });

  verb<[string], object>(program, shell, leave, {
    usage: 'approve <id>',
    summary: 'answer yes: shows everything, and reads the passcode from this terminal (headless mode only)',
    async run({ args: [id], out }) {
      const api = await shell.api();
      const ask = await api.asks.get({ id: await complete(api, id) });
      if (ask.state !== 'open') throw new Refused('ASK_GONE', id);
      const { mode } = await api.daemon.status();
      if (mode === 'look-only') throw new Refused('LOOK_ONLY');
      if (mode !== 'headless') throw new Refused('NOT_APPROVER');
      const terminal = shell.terminal();
      if (terminal === null) throw new Refused('NOT_A_TERMINAL');
      try {
        const answered = await answerAt(terminal, api, ask, out.paint);
        if (answered !== null) return ended(out, answered);
      } finally {
        terminal.close();
      }
      out.result(ask, () => out.line('Left open.'));
      return EXIT.open;
    },
  });

  verb<[string], { note?: string }>(program, shell, leave, {
    usage: 'deny <id>',
    summary: 'answer no',
    options: (command) => command.option('--note <text>', 'why; the model receives it'),
    async run({ args: [id], options, out }) {
      const api = await shell.api();
      const ask = await api.asks.deny({
        id: await complete(api, id),
        ...(options.note === undefined ? {} : { note: options.note }),
      });
      out.result(ask, () => out.line(endText(ask, out.paint)));
      return EXIT.ok;
    },
  });

  verb<[string], { note?: string }>(program, shell, leave, {
    usage: 'deny-all <session>',
    summary: 'answer no to every open call of a session',
    options: (command) => command.option('--note <text>', 'why; the model receives it'),
    async run({ args: [session], options, out }) {
      const api = await shell.api();
      const { denied } = await api.asks.denyAll({
        session,
        ...(options.note === undefined ? {} : { note: options.note }),
      });
      out.result({ denied }, () => out.line(`Denied: ${denied}`));
      return EXIT.ok;
    },
  });
};

const WHOLE = 36;

const openText = ({ deadline }: AskView): string => (deadline === null ? 'waits' : `waits until ${deadline}`);

const WAITING: readonly AskState[] = ['open', 'second'];
const MISSED: readonly AskState[] = ['timed-out'];

/** The whole id of the one ask in these states that ends with `text`. Throws `Refused('ASK_GONE')` when none or several do. */
async function complete(api: Client, text: string, states = WAITING): Promise<string> {
  if (text.length === WHOLE) return text;
  const asks = (await api.asks.list({ open: false })).filter(({ state }) => states.includes(state));
  const fitting = asks.filter(({ id }) => id.endsWith(text.toLowerCase()));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1)
    throw new Refused(
      'ASK_GONE',
      fitting.length === 0 ? `none ends with ${text}` : `${fitting.length} end with ${text}: give more of the id`,
    );
  return only.id;
}
