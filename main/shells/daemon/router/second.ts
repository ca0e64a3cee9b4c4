import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function secondRouter(os: Guarded, daemon: Daemon) {
  return {
    request: os.second.request.handler(({ input: { ask } }) => {
      const { asks, second, policy } = daemon.core();
      const view = asks.get(ask);
      if (view?.state !== 'second') throw new Refused('ASK_GONE', ask);
      return { text: second.request(view, policy.version()) };
    }),
    give: os.second.give.handler(({ input }) => {
      const { asks, second } = daemon.core();
      const { answer, by } = second.check(input.answer);
      return asks.second(answer, by);
    }),
    consider: os.second.consider.handler(({ input, context }) => {
      const { second } = daemon.core();
      const { request, fingerprint, enrolledAs } = second.consider(input.request);
      const { device, person, ask, hash, deadline, subject } = request;
      const from = { name: device.name, fingerprint, enrolledAs, person };
      const about = { kind: 'countersign', from, ask, hash, deadline, call: subject } as const;
      const asked = propose(daemon, context, about, async ({ person: here }) => second.sign(asked.ask, request, here));
      return asked;
    }),
    answer: os.second.answer.handler(({ input: { ask } }) => {
      const text = daemon.core().second.signed(ask);
      if (text === undefined) throw new Refused('NOT_FOUND', 'nobody has said yes to it here');
      return { text };
    }),
  };
}
