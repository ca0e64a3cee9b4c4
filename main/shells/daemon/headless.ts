import { serveWebDoor } from '../../adapters/http/webDoor.ts';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import { openTerminal, type TerminalDevice } from '../../adapters/terminal/device.ts';
import { provePasscode } from '../../contract/passcodeProof.ts';
import type { KnownActor } from '../../services/actor.ts';
import type { Clock } from '../../services/clock.ts';
import { openWebShell, type WebShell } from '../web/webShell.ts';
import type { Host } from './host.ts';
import type { ProductFiles } from './productFiles.ts';
import { door } from './router/base.ts';
import { chooseOnTerminal, unlockOnTerminal } from './terminalPasscode.ts';

export interface HeadlessParts {
  readonly host: Host;
  readonly product: ProductFiles;
  readonly clock: Clock;
  readonly port: number;
  readonly newPasscode: boolean;
  readonly print: (line: string) => void;
}

/**
 * Without a window: the passcode is chosen or typed at this process's own terminal before any session (SECURITY.md
 * rules 2 and 3), and the interface is served to a browser. Without a terminal and a passcode it only looks and reviews.
 */
export async function runHeadless({
  host,
  product,
  clock,
  port,
  newPasscode,
  print,
}: HeadlessParts): Promise<WebShell> {
  const terminal = openTerminal();
  try {
    await makeReady(host, terminal, print);
    if (newPasscode && terminal && host.mode() === 'headless') await replacePasscode(host, terminal, print);
  } finally {
    terminal?.close();
  }
  const web = await openWebShell({
    rendererFolder: product.renderer,
    port,
    mode: () => host.mode(),
    door: (peer, page) => serveWebDoor(peer, host.router, door(page === 'approval' ? 'web-approval' : 'web')),
    monotonic: () => clock.monotonic(),
  });
  print('');
  print(`  Open once, within a minute:  ${web.link()}`);
  print('  A new link: press Enter. Stop: Ctrl-C.');
  print('');
  return web;
}

async function makeReady(host: Host, terminal: TerminalDevice | null, print: (line: string) => void): Promise<void> {
  const { kind, state, detail } = host.keystore();
  print(`Keys: ${kind}, ${state}. ${detail}`);
  if (state === 'ready') {
    await host.open();
    host.setHeadless(typing(host));
    const standing = host.core().passcode.state();
    if ((standing === 'missing' || standing === 'void') && terminal) {
      print(
        standing === 'missing'
          ? 'No passcode is set yet. With one you approve at a terminal or in the browser.'
          : 'The passcode was changed from outside and no longer counts. Choose a new one.',
      );
      await choosePasscode(host, terminal);
    }
  } else if (!terminal) {
    print('There is no terminal to type the passcode on.');
  } else if (state === 'locked') {
    const by = typing(host);
    if (await unlockOnTerminal(terminal, (passcode) => host.unlock(passcode, by))) host.setHeadless(by);
  } else {
    print('Keys and secrets go into a vault, sealed with a passcode that you choose now.');
    const passcode = await chooseOnTerminal(terminal);
    if (passcode) {
      await host.unlock(passcode, typing(host));
      host.setHeadless(typing(host));
    }
  }
  if (host.mode() === 'look-only')
    print('Look and review only: nobody can approve, so whatever has to be asked is refused.');
}

/** The present one is proved first, as for any answer, and then another one is chosen. */
async function replacePasscode(host: Host, terminal: TerminalDevice, print: (line: string) => void): Promise<void> {
  const { passcode } = host.core();
  const bound = { id: 'new-passcode', hash: '' };
  print('Another passcode is chosen after the present one.');
  const proved = await unlockOnTerminal(terminal, async (typed) =>
    passcode.prove(await provePasscode(proofHashes, typed, passcode.challenge(bound.id), bound), bound),
  );
  if (proved) await choosePasscode(host, terminal);
}

async function choosePasscode(host: Host, terminal: TerminalDevice): Promise<void> {
  const chosen = await chooseOnTerminal(terminal);
  if (!chosen) return;
  const { passcode, audit } = host.core();
  const replaces = passcode.state() !== 'missing';
  await passcode.set(chosen);
  audit.append({ type: 'passcode', event: 'set', ...typing(host), detail: { replaces } });
}

/** Whoever sits at the daemon's own terminal is the person of its account. */
function typing({ person }: Host): KnownActor {
  return { person, via: 'terminal' };
}
