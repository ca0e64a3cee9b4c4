import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function proofRouter(os: Guarded, daemon: Daemon) {
  return {
    state: os.proof.state.handler(() => {
      const { strictness, screen } = daemon.core();
      return { strictness: strictness.now(), system: daemon.system(), screen: screen() };
    }),
    raise: os.proof.raise.handler(({ input: { to }, context }) => {
      const { strictness } = daemon.core();
      if (strictness.loosens(to)) throw new Refused('PROOF_NEEDED', 'that would be less than now');
      strictness.set(to, actor(daemon, context));
      daemon.changes.tell('status');
      return {};
    }),
    lower: os.proof.lower.handler(({ input: { to }, context }) => {
      const { strictness } = daemon.core();
      return propose(daemon, context, { kind: 'proof', from: strictness.now(), to }, async (by) => {
        strictness.set(to, by);
        daemon.changes.tell('status');
      });
    }),
    mark: os.proof.mark.handler(({ context }) => {
      // Not even in headless mode over the socket: who knows it can draw a window like ours.
      if (context.kind !== 'approval' && context.kind !== 'web-approval') throw new Refused('NOT_APPROVER');
      return daemon.core().mark;
    }),
    offer: os.proof.offer.handler(({ input: { system }, context }) => {
      if (context.kind !== 'approval') throw new Refused('NOT_APPROVER', 'only the app says so');
      daemon.offerSystem(system);
      return {};
    }),
  };
}
