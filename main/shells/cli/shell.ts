import type { ContractRouterClient } from '@orpc/contract';
import type { TerminalDevice } from '../../adapters/terminal/device.ts';
import type { Api } from '../../contract/api.ts';
import type { Exit } from './exit.ts';
import type { Output } from './output.ts';

/** Every operation, as called over the control socket. */
export type Client = ContractRouterClient<Api>;

/** The bundles the command line starts as processes of their own. */
export type Bundle = 'daemon' | 'relay';

/** What commands need of the world. Built once by `compose`, by hand in tests. */
export interface Shell {
  /** The daemon behind the control socket. Throws `Refused` with DAEMON_ABSENT or HANDSHAKE_FAILED. */
  api(): Promise<Client>;
  output(json: boolean): Output;
  /** The terminal device, whatever stdin is; null without one. */
  terminal(): TerminalDevice | null;
  /** All of standard input; null when it is a terminal, because nothing was piped in. */
  piped(): Promise<string | null>;
  /** Runs a bundle with this process's own streams; resolves with its exit code. */
  run(bundle: Bundle, args: readonly string[]): Promise<Exit>;
  /** What starts this program, for others to start it too: its words, by their whole paths. */
  readonly self: readonly string[];
  /** Aborted when the person presses Ctrl-C. */
  readonly interrupted: AbortSignal;
}
