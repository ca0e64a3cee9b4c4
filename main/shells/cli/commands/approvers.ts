import { Refused } from '../../../contract/errors.ts';
import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

/** `approvers me|list|add|remove`: other people's devices whose countersignature counts here. */
export const addApprovers: AddCommand = (program, shell, leave) => {
  const approvers = program.command('approvers').description('devices of other people that may approve as the second');

  verb(approvers, shell, leave, {
    usage: 'me',
    summary: 'print this device’s name and key, for another one to enrol',
    async run({ out }) {
      const device = await (await shell.api()).approvers.self();
      out.result(device, () =>
        out.table([
          [out.paint.dim('name'), visible(device.name)],
          [out.paint.dim('key'), device.key],
          [out.paint.dim('fingerprint'), device.fingerprint],
        ]),
      );
      return EXIT.ok;
    },
  });

  verb(approvers, shell, leave, {
    usage: 'list',
    summary: 'list the enrolled devices',
    async run({ out }) {
      const list = await (await shell.api()).approvers.list();
      out.result(list, () => {
        if (list.length === 0) return out.line('None: what policy wants two people for cannot be approved.');
        out.table(
          list.map(({ name, fingerprint, addedBy, addedAt }) => [
            visible(name),
            fingerprint,
            `${visible(addedBy)} ${out.paint.dim(addedAt)}`,
          ]),
          ['name', 'fingerprint', 'enrolled by'],
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string, string], { wait: boolean }>(approvers, shell, leave, {
    usage: 'add <name> <key>',
    summary: 'enrol a device by the key that "approvers me" prints there',
    options: (command) => command.option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [name, key], options, out }) {
      const { ask } = await (await shell.api()).approvers.add({ name, key });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string], object>(approvers, shell, leave, {
    usage: 'remove <device>',
    summary: 'take a device off the list, by its name or the start of its fingerprint',
    async run({ args: [text], out }) {
      const api = await shell.api();
      const list = await api.approvers.list();
      const fitting = list.filter(({ name, fingerprint }) => name === text || fingerprint.startsWith(text));
      const [only] = fitting;
      if (only === undefined || fitting.length > 1)
        throw new Refused('NOT_FOUND', `${fitting.length} enrolled devices are called or begin with ${text}`);
      await api.approvers.remove({ fingerprint: only.fingerprint });
      out.result({}, () => out.line(`Removed: ${visible(only.name)}`));
      return EXIT.ok;
    },
  });
};
