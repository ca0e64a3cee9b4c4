import { resolve } from 'node:path';
import { Option } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import { type SandboxEntry, sandboxPreset } from '../../../contract/sandbox.ts';
import { EXIT } from '../exit.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `--sandbox <preset>`. */
export function sandboxOption(): Option {
  return new Option('--sandbox <preset>', 'what it reaches of this machine').choices(sandboxPreset.options);
}

/** `sandbox <server> [preset] [--write path…]`: writes what a server may reach; a new consent makes it count. */
export const addSandbox: AddCommand = (program, shell, leave) => {
  verb<[string, string], { write?: string[] }>(program, shell, leave, {
    usage: 'sandbox <server> <preset>',
    summary: `say what a server reaches of this machine (${sandboxPreset.options.join(', ')}), then agree to it anew`,
    options: (command) =>
      command.option('-w, --write <path...>', 'what it may change beside its folder and what its arguments name'),
    async run({ args: [server, word], options: { write }, out }) {
      const preset = sandboxPreset.safeParse(word).data;
      if (preset === undefined)
        throw new Refused('INPUT_INVALID', `there is no preset ${word}: ${sandboxPreset.options.join(', ')}`);
      const sandbox: SandboxEntry =
        write === undefined ? preset : { preset, write: write.map((path) => resolve(path)) };
      await (await shell.api()).servers.sandbox({ server, sandbox });
      out.result({}, () => {
        out.line(`Written. It counts once somebody has agreed to it:`);
        out.line(`  countersign consent ${server}`);
      });
      return EXIT.ok;
    },
  });
};
