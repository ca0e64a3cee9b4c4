import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function clientsRouter(os: Guarded, daemon: Daemon) {
  const { clients } = os;
  return {
    list: clients.list.handler(() => daemon.core().clients.list()),
    plan: clients.plan.handler(({ input }) => daemon.core().clients.plan(input)),
    import: clients.import.handler(async ({ input: { digest, ...choice }, context }) => ({
      servers: await daemon.core().clients.import(choice, digest, actor(daemon, context)),
    })),
    protect: clients.protect.handler(async ({ input: { digest, ...choice }, context }) => {
      const core = daemon.core();
      const { changes, secrets, servers, files, exposed } = await core.clients.planned(choice, digest);
      const subject = {
        kind: 'protect' as const,
        changes,
        secrets,
        files,
        exposed,
        servers: servers.map(({ name }) => name),
        planDigest: digest,
      };
      return propose(daemon, context, subject, (by) => core.clients.protect(choice, digest, by));
    }),
    planUndo: clients.planUndo.handler(({ input: { entries } }) => daemon.core().clients.planUndo(entries)),
    undo: clients.undo.handler(async ({ input: { entries, digest }, context }) => {
      const core = daemon.core();
      const { changes, secrets, gone } = await core.clients.plannedUndo(entries, digest);
      const subject = { kind: 'unprotect' as const, changes, secrets, gone, planDigest: digest };
      return propose(daemon, context, subject, (by) => core.clients.undo(entries, digest, by));
    }),
    quarantine: clients.quarantine.handler(async ({ input: { entry }, context }) => {
      await daemon.core().clients.quarantine(entry, actor(daemon, context));
      return {};
    }),
    leave: clients.leave.handler(async ({ input: { entry }, context }) => {
      const core = daemon.core();
      const subject = await core.clients.planLeave(entry);
      return propose(daemon, context, subject, (by) => core.clients.leave(entry, subject.launchDigest, by));
    }),
    trust: clients.trust.handler(async ({ input, context }) => {
      const core = daemon.core();
      const folder = await core.clients.planTrust(input.folder);
      return propose(daemon, context, { kind: 'project', folder }, (by) => core.clients.trust(folder, by));
    }),
    forget: clients.forget.handler(async ({ input: { folder }, context }) => {
      await daemon.core().clients.forget(folder, actor(daemon, context));
      return {};
    }),
  };
}
