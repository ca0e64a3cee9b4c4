import { isSea } from 'node:sea';
import { text } from 'node:stream/consumers';
import type { OpenApi } from '../../adapters/socket/rpc.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import { openTerminal } from '../../adapters/terminal/device.ts';
import { runBundle } from './bundle.ts';
import { openDoor } from './door.ts';
import { humanOutput, jsonOutput, type Streams } from './output.ts';
import { paintFor, wantsColour } from './paint.ts';
import type { Shell } from './shell.ts';

/** The command line's parts, put together for this process. `close` ends the connection to the daemon. */
export function compose(streams: Streams, packaged: boolean): { shell: Shell; close(): void } {
  const { env, platform, stdin, stdout } = process;
  const paint = paintFor(wantsColour(stdout, env));
  const interruption = new AbortController();
  // The first Ctrl-C lets the command end in order; a second one ends the process.
  process.once('SIGINT', () => interruption.abort());

  let door: Promise<OpenApi> | undefined;
  const shell: Shell = {
    api: async () => {
      door ??= openDoor(foldersFor(env, platform, packaged).state);
      return (await door).api;
    },
    output: (json) => (json ? jsonOutput(streams, paintFor(false)) : humanOutput(streams, paint)),
    terminal: () => openTerminal(platform),
    piped: async () => (stdin.isTTY ? null : text(stdin)),
    run: runBundle,
    self: [process.execPath, ...(isSea() ? [] : process.argv.slice(1, 2))],
    interrupted: interruption.signal,
  };
  const close = () => void door?.then((open) => open.close()).catch(() => {});
  return { shell, close };
}
