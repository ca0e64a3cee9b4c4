import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';

export function grantsRouter(os: Guarded, daemon: Daemon) {
  return {
    list: os.grants.list.handler(() => daemon.core().grants.list()),
    revoke: os.grants.revoke.handler(({ input: { id }, context }) => {
      daemon.core().grants.revoke(id, actor(daemon, context));
      return {};
    }),
  };
}
