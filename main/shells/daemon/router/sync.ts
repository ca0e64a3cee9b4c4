import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function syncRouter(os: Guarded, daemon: Daemon) {
  const unsync = (what: 'pause' | 'leave') => {
    const { sync } = daemon.core();
    const { organisation, url } = sync.enrolment();
    const { records, received } = sync.status();
    return propose(
      daemon,
      { kind: 'unsync', what, organisation, url, waiting: Math.max(0, records - received) },
      (person, via) => sync[what](person, via),
    );
  };
  return {
    status: os.sync.status.handler(() => daemon.core().sync.status()),
    enrol: os.sync.enrol.handler(({ input: { url, code, sending } }) => {
      const { sync } = daemon.core();
      return propose(daemon, sync.proposal(url, code, sending), (person, via) =>
        sync.enrol(url, code, sending, person, via),
      );
    }),
    pause: os.sync.pause.handler(() => unsync('pause')),
    resume: os.sync.resume.handler(async ({ context }) => {
      await daemon.core().sync.resume(daemon.person, context.kind);
      return {};
    }),
    leave: os.sync.leave.handler(() => unsync('leave')),
    rotate: os.sync.rotate.handler(async () => {
      await daemon.core().sync.rotate(daemon.person);
      return {};
    }),
  };
}
