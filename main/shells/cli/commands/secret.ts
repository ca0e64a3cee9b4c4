import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import type { Shell } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';

/** `secret set|list|remove NAME`. Values come from standard input or the terminal, never from an argument. */
export const addSecret: AddCommand = (program, shell, leave) => {
  const secret = program.command('secret').description('keep secrets in the keychain');

  verb<[string], { wait: boolean }>(secret, shell, leave, {
    usage: 'set <name>',
    summary: 'store a secret; the value comes from standard input, or is typed hidden on a terminal',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [name], options, out }) {
      const value = await readValue(shell, name);
      const { ask } = await (await shell.api()).secrets.set({ name, value });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb(secret, shell, leave, {
    usage: 'list',
    summary: 'list the names and who uses them',
    async run({ out }) {
      const secrets = await (await shell.api()).secrets.list();
      out.result(secrets, () => {
        if (secrets.length === 0) return out.line('No secrets yet.');
        out.table(
          secrets.map(({ name, setAt, lastUsedAt, usedBy }) => [
            name,
            setAt,
            lastUsedAt ?? out.paint.dim('never'),
            usedBy.join(', ') || out.paint.dim('nobody'),
          ]),
          ['name', 'set', 'last used', 'used by'],
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string], object>(secret, shell, leave, {
    usage: 'remove <name>',
    summary: 'remove a secret; servers that need it do not start any more',
    async run({ args: [name], out }) {
      await (await shell.api()).secrets.remove({ name });
      out.result({}, () => out.line(`Removed: ${name}`));
      return EXIT.ok;
    },
  });
};

/** The piped value without its last line break, or what is typed hidden. Throws `Refused` when there is neither. */
async function readValue(shell: Shell, name: string): Promise<string> {
  const piped = await shell.piped();
  if (piped !== null) {
    const value = piped.replace(/\r?\n$/, '');
    if (value === '') throw new Refused('INPUT_INVALID', 'standard input is empty');
    return value;
  }
  const terminal = shell.terminal();
  if (terminal === null) throw new Refused('INPUT_INVALID', 'there is neither standard input nor a terminal');
  try {
    const value = await terminal.ask(`Value of ${name} (not shown): `, { hidden: true });
    if (!value) throw new Refused('INPUT_INVALID', 'no value was typed');
    return value;
  } finally {
    terminal.close();
  }
}
