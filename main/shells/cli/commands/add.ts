import { resolve } from 'node:path';
import type { SandboxPreset } from '../../../contract/sandbox.ts';
import { EXIT } from '../exit.ts';
import { nameAndValue } from '../nameAndValue.ts';
import { type AddCommand, verb } from '../verb.ts';
import { sandboxOption } from './sandbox.ts';

interface AddOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly sandbox?: SandboxPreset;
}

/** `add <name> [--env K=V] [--cwd folder] -- <command…>`: writes an entry that cannot start before its consent. */
export const addAdd: AddCommand = (program, shell, leave) => {
  verb<[string, string[]], AddOptions>(program, shell, leave, {
    usage: 'add <name> <command...>',
    summary: 'add a server: countersign add NAME -- COMMAND ARGUMENT…',
    options: (command) =>
      command
        .option(
          '-e, --env <NAME=VALUE>',
          `a variable, repeatable; \${keychain:NAME} in its value stands for a secret`,
          nameAndValue,
        )
        .option('--cwd <folder>', 'the folder it runs in')
        .addOption(sandboxOption()),
    async run({ args: [name, words], options, out }) {
      const [command = '', ...args] = words;
      const entry = {
        command,
        args,
        env: options.env ?? {},
        ...(options.cwd === undefined ? {} : { cwd: resolve(options.cwd) }),
        ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
      };
      await (await shell.api()).servers.add({ name, entry });
      out.result({}, () => {
        out.line(`Added ${name}. It does not run before somebody has agreed to what it runs:`);
        out.line(`  countersign review ${name}`);
        out.line(`  countersign consent ${name}`);
      });
      return EXIT.ok;
    },
  });
};
