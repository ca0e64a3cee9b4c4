import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function policyRouter(os: Guarded, daemon: Daemon) {
  return {
    state: os.policy.state.handler(() => daemon.core().policy.state()),
    check: os.policy.check.handler(() => daemon.core().policy.check()),
    explain: os.policy.explain.handler(({ input }) => daemon.core().insight.explain(input)),
    replay: os.policy.replay.handler(({ input: { trial, limit } }) => daemon.core().insight.replay(trial, limit)),
    accept: os.policy.accept.handler(({ input: { digest }, context }) => {
      const { policy } = daemon.core();
      const { proposal } = policy.state();
      if (!proposal || proposal.digest !== digest) throw new Refused('ASK_CHANGED', 'the proposal is another by now');
      const subject = { kind: 'policy', files: proposal.files, policyDigest: digest } as const;
      return propose(daemon, context, subject, async (by) => {
        policy.accept(digest, by);
        daemon.changes.tell('policy');
      });
    }),
  };
}
