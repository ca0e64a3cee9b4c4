import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function approversRouter(os: Guarded, daemon: Daemon) {
  return {
    self: os.approvers.self.handler(() => daemon.core().approvers.self),
    list: os.approvers.list.handler(() => daemon.core().approvers.list()),
    add: os.approvers.add.handler(({ input: { name, key }, context }) => {
      const { approvers } = daemon.core();
      const device = approvers.fit(name, key);
      return propose(daemon, context, { kind: 'approver', ...device }, async (by) => approvers.add(device, by));
    }),
    remove: os.approvers.remove.handler(({ input: { fingerprint }, context }) => {
      daemon.core().approvers.remove(fingerprint, actor(daemon, context));
      return {};
    }),
  };
}
