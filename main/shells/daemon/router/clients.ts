import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function clientsRouter(os: Guarded, daemon: Daemon) {
  const { clients } = os;
  return {
    list: clients.list.handler(() => daemon.core().clients.list()),
    plan: clients.plan.handler(({ input }) => daemon.core().clients.plan(input)),
    import: clients.import.handler(async ({ input: { digest, ...choice } }) => ({
      servers: await daemon.core().clients.import(choice, digest),
    })),
    protect: clients.protect.handler(async ({ input: { digest, ...choice } }) => {
      const core = daemon.core();
      const { changes, secrets, servers } = await core.clients.planned(choice, digest);
      const subject = {
        kind: 'protect' as const,
        changes,
        secrets,
        servers: servers.map(({ name }) => name),
        planDigest: digest,
      };
      return propose(daemon, subject, (person, via) => core.clients.protect(choice, digest, { person, via }));
    }),
    planUndo: clients.planUndo.handler(({ input: { entries } }) => daemon.core().clients.planUndo(entries)),
    undo: clients.undo.handler(async ({ input: { entries, digest } }) => {
      const core = daemon.core();
      const { changes, secrets } = await core.clients.plannedUndo(entries, digest);
      const subject = { kind: 'unprotect' as const, changes, secrets, planDigest: digest };
      return propose(daemon, subject, (person, via) => core.clients.undo(entries, digest, { person, via }));
    }),
    quarantine: clients.quarantine.handler(async ({ input: { entry }, context }) => {
      await daemon.core().clients.quarantine(entry, { person: daemon.person, via: context.kind });
      return {};
    }),
    trust: clients.trust.handler(({ input: { folder } }) => {
      const core = daemon.core();
      return propose(daemon, { kind: 'project', folder }, (person, via) => core.clients.trust(folder, { person, via }));
    }),
    forget: clients.forget.handler(async ({ input: { folder } }) => {
      await daemon.core().clients.forget(folder);
      return {};
    }),
  };
}
