import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { answerAt } from '../prompt/answer.ts';
import { askText, endText } from '../prompt/askText.ts';
import { ended } from '../prompt/follow.ts';
import { headline } from '../prompt/subject.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `asks`, `approve <id>`, `deny <id>`, `deny-all <session>`. An id may be given by its last characters when they fit one open ask only. */
export const addAsks: AddCommand = (program, shell, leave) => {
  verb<[string | undefined], { all?: boolean }>(program, shell, leave, {
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
      const asks = await api.asks.list({ open: options.all !== true });
      out.result(asks, () => {
        if (asks.length === 0) return out.line('Nobody is asked anything.');
        out.table(
          asks.map((ask) => [
            ask.id,
            ask.subject.kind,
            headline(ask.subject),
            ask.state === 'open' ? out.paint.dim(ask.deadline ?? 'waits') : endText(ask, out.paint),
          ]),
          ['ask', 'kind', 'effect', 'until'],
        );
      });
      return EXIT.ok;
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

/** The whole id of the one open ask that ends with `text`. Throws `Refused('ASK_GONE')` when none or several do. */
async function complete(api: Client, text: string): Promise<string> {
  if (text.length === WHOLE) return text;
  const fitting = (await api.asks.list({ open: true })).filter(({ id }) => id.endsWith(text.toLowerCase()));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1)
    throw new Refused('ASK_GONE', `${fitting.length} open asks end with ${text}`);
  return only.id;
}
