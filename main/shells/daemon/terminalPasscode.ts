import type { TerminalDevice } from '../../adapters/terminal/device.ts';
import { Refused } from '../../contract/refusal.ts';
import { isWeak } from '../../services/vault/passcode.ts';

/** Asks for a new passcode, twice; null when the person gives up with an empty line. */
export async function chooseOnTerminal(terminal: TerminalDevice): Promise<string | null> {
  for (;;) {
    const first = await terminal.ask('New passcode (eight characters or more; empty to go on without): ', {
      hidden: true,
    });
    if (!first) return null;
    if (isWeak(first)) {
      terminal.write('That is too short.\n');
      continue;
    }
    const second = await terminal.ask('Once more: ', { hidden: true });
    if (second === first) return first;
    terminal.write('The two differ. Start again.\n');
  }
}

/** Asks for the passcode until `open` takes it; false when the person gives up or it is locked. */
export async function unlockOnTerminal(
  terminal: TerminalDevice,
  open: (passcode: string) => Promise<void>,
): Promise<boolean> {
  for (;;) {
    const passcode = await terminal.ask('Passcode: ', { hidden: true });
    if (!passcode) return false;
    try {
      await open(passcode);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      terminal.write(`${error.message}\n`);
      if (error.refusal.code !== 'PASSCODE_WRONG') return false;
    }
  }
}
