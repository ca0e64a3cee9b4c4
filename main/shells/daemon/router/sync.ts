import type { Daemon } from '../daemon.ts';
import { actor, type Door, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function syncRouter(os: Guarded, daemon: Daemon) {
  const unsync = (what: 'pause' | 'leave', context: Door) => {
    const { sync } = daemon.core();
    const { organisation, url } = sync.enrolment();
    const { records, received } = sync.status();
    const waiting = Math.max(0, records - received);
    const subject = { kind: 'unsync', what, organisation, url, waiting } as const;
    return propose(daemon, context, subject, (by) => sync[what](by));
  };
  return {
    status: os.sync.status.handler(() => daemon.core().sync.status()),
    enrol: os.sync.enrol.handler(({ input: { url, code, sending }, context }) => {
      const { sync } = daemon.core();
      return propose(daemon, context, sync.proposal(url, code, sending), (by) => sync.enrol(url, code, sending, by));
    }),
    pause: os.sync.pause.handler(({ context }) => unsync('pause', context)),
    resume: os.sync.resume.handler(async ({ context }) => {
      await daemon.core().sync.resume(actor(daemon, context));
      return {};
    }),
    leave: os.sync.leave.handler(({ context }) => unsync('leave', context)),
    rotate: os.sync.rotate.handler(async ({ context }) => {
      await daemon.core().sync.rotate(actor(daemon, context));
      return {};
    }),
  };
}
