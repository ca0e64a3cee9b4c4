import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function approversRouter(os: Guarded, daemon: Daemon) {
  return {
    self: os.approvers.self.handler(() => daemon.core().approvers.self),
    list: os.approvers.list.handler(() => daemon.core().approvers.list()),
    add: os.approvers.add.handler(({ input: { name, key } }) => {
      const { approvers } = daemon.core();
      const device = approvers.fit(name, key);
      return propose(daemon, { kind: 'approver', ...device }, async (person, via) =>
        approvers.add(device, person, via),
      );
    }),
    remove: os.approvers.remove.handler(({ input: { fingerprint } }) => {
      daemon.core().approvers.remove(fingerprint, daemon.person);
      return {};
    }),
  };
}
