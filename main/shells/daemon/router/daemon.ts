import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';

export function daemonRouter(os: Guarded, daemon: Daemon) {
  return {
    status: os.daemon.status.handler(() => daemon.status()),
    doctor: os.daemon.doctor.handler(() => daemon.doctor()),
    lookForKeys: os.daemon.lookForKeys.handler(async () => {
      await daemon.lookForKeys();
      return {};
    }),
    stop: os.daemon.stop.handler(({ context }) => {
      // The answer goes out first; then the daemon ends.
      setImmediate(() => void daemon.stop('stopped by a person', actor(daemon, context)));
      return {};
    }),
    changes: os.daemon.changes.handler(({ signal }) => daemon.changes.stream(signal)),
  };
}
