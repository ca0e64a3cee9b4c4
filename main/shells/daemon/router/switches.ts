import { Refused } from '../../../contract/errors.ts';
import { scopeWords } from '../../../contract/switch.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function switchesRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.switches.list.handler(() => daemon.core().switches.list()),
    kill: os.switches.kill.handler(({ input: { scope }, context }) => {
      const { config, policy, switches } = daemon.core();
      if (scope.kind === 'family' && !Object.hasOwn(policy.settings().families, scope.family))
        throw new Refused('NOT_FOUND', `the family ${scope.family}: settings.json in force names none of that name`);
      // A name spelled wrong would stop nothing, and look as if it did.
      if (scope.kind === 'tool' && !config.entry(scope.server)) throw new Refused('SERVER_UNKNOWN', scope.server);
      switches.kill(scope, actor(daemon, context));
      return {};
    }),
    revive: os.switches.revive.handler(({ input: { scope }, context }) => {
      const { switches } = daemon.core();
      if (!switches.has(scope)) throw new Refused('NOT_FOUND', scopeWords(scope));
      return propose(daemon, context, { kind: 'revive', scope }, async (by) => switches.revive(scope, by));
    }),
  };
}
