import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function secretsRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.secrets.list.handler(() => daemon.core().secrets.list()),
    set: os.secrets.set.handler(async ({ input: { name, value } }) => {
      const { secrets, audit } = daemon.core();
      const usedBy = (await secrets.list()).find((secret) => secret.name === name)?.usedBy ?? [];
      return propose(
        daemon,
        { kind: 'secret', name, value: value === undefined ? 'typed' : 'given', replaces: secrets.has(name), usedBy },
        async (person, via, answer) => {
          const given = value ?? answer.value;
          if (!given) throw new Refused('INPUT_INVALID', 'no value was given');
          await secrets.set(name, given);
          audit.append({ type: 'secret', event: 'set', person, via, detail: { name } });
          daemon.changes.tell('secrets');
        },
      );
    }),
    remove: os.secrets.remove.handler(async ({ input: { name } }) => {
      const { secrets, audit } = daemon.core();
      if (!secrets.has(name)) throw new Refused('NOT_FOUND', name);
      await secrets.remove(name);
      audit.append({ type: 'secret', event: 'removed', person: daemon.person, detail: { name } });
      daemon.changes.tell('secrets');
      return {};
    }),
  };
}
