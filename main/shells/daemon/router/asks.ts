import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import { actor, answerChannel, type Guarded } from './base.ts';

export function asksRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.asks.list.handler(({ input }) => daemon.core().asks.list(input.open)),
    get: os.asks.get.handler(({ input }) => {
      const view = daemon.core().asks.get(input.id);
      if (!view) throw new Refused('ASK_GONE', input.id);
      return view;
    }),
    wait: os.asks.wait.handler(({ input }) => daemon.core().asks.wait(input.id)),
    deny: os.asks.deny.handler(({ input, context }) => {
      const { via } = actor(daemon, context);
      return daemon.core().asks.deny(input.id, input.note ?? null, via);
    }),
    denyAll: os.asks.denyAll.handler(({ input, context }) => ({
      denied: daemon.core().asks.denyAll(input.session, input.note ?? null, actor(daemon, context).via),
    })),
    again: os.asks.again.handler(({ input: { id }, context }) => {
      if (daemon.mode() === 'look-only') throw new Refused('LOOK_ONLY');
      return { ask: daemon.core().asks.again(id, actor(daemon, context)).id };
    }),
    answer: os.asks.answer.handler(({ input, context }) =>
      daemon.core().asks.answer(input, answerChannel(daemon, context)),
    ),
    challenge: os.asks.challenge.handler(({ input: { id } }) => {
      const { asks, passcode } = daemon.core();
      if (!asks.get(id)) throw new Refused('ASK_GONE', id);
      return passcode.challenge(id);
    }),
    shown: os.asks.shown.handler(({ input }) => {
      daemon.core().asks.shown(input.id);
      return {};
    }),
  };
}
