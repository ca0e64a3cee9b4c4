import { proofHashes } from '../../../adapters/keychain/proofHashes.ts';
import type { TerminalDevice } from '../../../adapters/terminal/device.ts';
import type { AskView } from '../../../contract/ask.ts';
import { refusalText } from '../../../contract/errors.ts';
import { provePasscode } from '../../../contract/passcodeProof.ts';
import type { Paint } from '../paint.ts';
import { refusalOf } from '../refused.ts';
import type { Client } from '../shell.ts';
import { askText } from './askText.ts';
import { headline } from './subject.ts';

/**
 * Shows an ask in full on the terminal device and reads the passcode there, which stays here: only its proof for this
 * ask is sent. Null when the person left it open.
 * A wrong passcode is asked for again. Throws `Refused` with what else the daemon says of the answer.
 */
export async function answerAt(
  terminal: TerminalDevice,
  api: Client,
  ask: AskView,
  paint: Paint,
): Promise<AskView | null> {
  await api.asks.shown({ id: ask.id });
  const print = (lines: readonly string[]) => terminal.write(`${lines.join('\n')}\n`);
  const shown = askText(ask, paint, false);
  print(['', ...shown.lines]);
  if (shown.cut) {
    // Nothing that was cut can be agreed to unread.
    if (
      (await terminal.ask(
        'Not everything is shown yet. Press Enter to see the rest in full, Ctrl-C to leave the ask open. ',
      )) === null
    )
      return null;
    print(['', ...askText(ask, paint, true).lines]);
  }
  const value = await typedValue(terminal, ask);
  if (value === null) return null;
  for (;;) {
    const passcode = await terminal.ask(
      `\n${paint.bold(headline(ask.subject))}\nPasscode to allow, Enter alone to leave it open: `,
      { hidden: true },
    );
    if (passcode === null || passcode === '') return null;
    const proof = await provePasscode(proofHashes, passcode, await api.asks.challenge({ id: ask.id }), ask);
    try {
      return await api.asks.answer({
        id: ask.id,
        hash: ask.hash,
        approve: true,
        proof,
        ...(value === undefined ? {} : { value }),
      });
    } catch (error) {
      const refused = refusalOf(error);
      if (refused.code !== 'PASSCODE_WRONG') throw error;
      // A slip of a finger should not cost the whole way here again; the lock counts each one.
      print([paint.bad(refusalText(refused))]);
    }
  }
}

/** What some asks need besides a yes: the secret's value, or a server's name. Undefined for the others, null to leave it open. */
async function typedValue(terminal: TerminalDevice, { subject }: AskView): Promise<string | null | undefined> {
  if (subject.kind === 'secret' && subject.value === 'typed') {
    return (await terminal.ask(`Value of ${subject.name}: `, { hidden: true })) || null;
  }
  if (subject.kind === 'consent' && subject.findings.some(({ severity }) => severity === 'severe')) {
    return (await terminal.ask(`Something severe was found. Type ${subject.server} to accept it: `)) || null;
  }
  return undefined;
}
