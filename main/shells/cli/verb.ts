import type { Command } from 'commander';
import type { Exit } from './exit.ts';
import { EXIT } from './exit.ts';
import type { Output } from './output.ts';
import { refusalOf } from './refused.ts';
import type { Shell } from './shell.ts';

/** Adds one command to the program. */
export type AddCommand = (program: Command, shell: Shell, leave: (code: Exit) => void) => void;

/** Declares a command with `--json`; `run` gets its arguments, options and output, and says how the process ends. */
export function verb<Arguments extends unknown[], Options extends object>(
  parent: Command,
  shell: Shell,
  leave: (code: Exit) => void,
  declaration: {
    /** Commander's name and arguments, such as `deny <id>`. */
    readonly usage: string;
    readonly summary: string;
    readonly options?: (command: Command) => Command;
    readonly run: (given: { args: Arguments; options: Options; out: Output }) => Promise<Exit | undefined>;
  },
): Command {
  const command = parent.command(declaration.usage).description(declaration.summary).option('--json', 'print JSON');
  declaration.options?.(command);
  return command.action(async () => {
    const options = command.opts<Options & { json?: boolean }>();
    const out = shell.output(options.json === true);
    try {
      leave((await declaration.run({ args: command.processedArgs as Arguments, options, out })) ?? EXIT.ok);
    } catch (error) {
      if (shell.interrupted.aborted) return leave(EXIT.interrupted);
      out.refused(refusalOf(error));
      leave(EXIT.refused);
    }
  });
}
