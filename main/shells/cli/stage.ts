import type { TerminalDevice } from '../../adapters/terminal/device.ts';
import type { Exit } from './exit.ts';
import { humanOutput, jsonOutput } from './output.ts';
import { paintFor } from './paint.ts';
import { runProgram } from './program.ts';
import type { Bundle, Client, Shell } from './shell.ts';

/** What a test puts around the command line: operations of its own, what is piped in, what a person types. */
export interface Stage {
  /** The operations the test needs, by area; every other one throws. */
  readonly api?: { readonly [Area in keyof Client]?: Partial<Client[Area]> } | undefined;
  readonly fault?: unknown;
  readonly piped?: string | null;
  /** Answers to the terminal's questions, in order; without it there is no terminal. */
  readonly types?: ReadonlyArray<string | null>;
  readonly interrupted?: AbortSignal;
}

/** Runs one command line on a stage. */
export async function onStage(stage: Stage, ...args: string[]) {
  const seen = { out: '', error: '', screen: '', questions: [] as string[], ran: [] as Array<[Bundle, ...string[]]> };
  const streams = {
    out: (text: string) => {
      seen.out += text;
    },
    error: (text: string) => {
      seen.error += text;
    },
  };
  const typed = [...(stage.types ?? [])];
  const terminal: TerminalDevice = {
    write: (text) => {
      seen.screen += text;
    },
    ask: async (question) => {
      seen.questions.push(question);
      return typed.shift() ?? null;
    },
    close: () => {},
  };
  const shell: Shell = {
    api: async () => {
      if (stage.fault !== undefined) throw stage.fault;
      return (stage.api ?? {}) as Client;
    },
    output: (json) => (json ? jsonOutput(streams, paintFor(false)) : humanOutput(streams, paintFor(false))),
    terminal: () => (stage.types === undefined ? null : terminal),
    piped: async () => stage.piped ?? null,
    run: async (bundle, given) => {
      seen.ran.push([bundle, ...given]);
      return 0;
    },
    self: ['/opt/node 24/node', '/opt/cli.mjs'],
    interrupted: stage.interrupted ?? new AbortController().signal,
  };
  const code: Exit = await runProgram(args, shell, streams, '1.2.3');
  return { code, ...seen };
}
