import type { AskView } from '../../../contract/ask.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Output } from '../output.ts';
import type { Shell } from '../shell.ts';
import { answerAt } from './answer.ts';
import { endText } from './askText.ts';
import { headline } from './subject.ts';

/**
 * What every loosening command ends with: says who is asked, then waits for the answer. In headless mode on a terminal
 * the person may answer right there. Ctrl-C, or no answer, leaves the ask open.
 */
export async function follow(shell: Shell, out: Output, askId: string, wait: boolean): Promise<Exit> {
  const api = await shell.api();
  const ask = await api.asks.get({ id: askId });
  if (!wait) {
    out.result(ask, () => out.line(`Asked: ${headline(ask.subject)} (ask ${ask.id}).`));
    return EXIT.ok;
  }
  const { mode } = await api.daemon.status();
  const terminal = mode === 'headless' && !out.json ? shell.terminal() : null;
  if (terminal !== null) {
    try {
      const answered = await answerAt(terminal, api, ask, out.paint);
      if (answered !== null) return ended(out, answered);
    } finally {
      terminal.close();
    }
    out.note(`Left open. Answer it with: countersign approve ${ask.id}`);
    return EXIT.open;
  }
  out.note(`${headline(ask.subject)}: ${WHO[mode]} Waiting for the answer; Ctrl-C leaves it open (ask ${ask.id}).`);
  try {
    return ended(out, await api.asks.wait({ id: ask.id }, { signal: shell.interrupted }));
  } catch (error) {
    if (!shell.interrupted.aborted) throw error;
    out.note('Left open.');
    return EXIT.interrupted;
  }
}

const WHO = {
  app: 'asked in the Countersign window.',
  headless: 'answer it with "countersign approve" on a terminal, or in the browser.',
  'look-only': 'nobody can approve here until the app is open or the daemon has a passcode.',
} as const;

/** Prints how an ask ended; anything but an approval counts as refused. */
export function ended(out: Output, ask: AskView): Exit {
  out.result(ask, () => out.line(endText(ask, out.paint)));
  return ask.state === 'approved' ? EXIT.ok : ask.state === 'open' || ask.state === 'second' ? EXIT.open : EXIT.refused;
}
