import { Refused, refusal } from '../../../contract/errors.ts';
import type { ServerEntry, ServerSummary } from '../../../contract/server.ts';
import { sharedChanges } from '../../../core/launch/sharedChange.ts';
import type { Actor, KnownActor } from '../../../services/actor.ts';
import { appendIfPossible } from '../../../services/audit/appendIfPossible.ts';
import type { Core } from '../core.ts';
import type { Daemon } from '../daemon.ts';
import { endServer } from '../endServer.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';
import { summarise } from './serverSummary.ts';

function known(core: Core, server: string): ServerEntry {
  const entry = core.config.entry(server);
  if (!entry) throw new Refused('SERVER_UNKNOWN', server);
  return entry;
}

/** What a person wants of a server, before it is done: that it was wanted, by whom, shows in no state of it. */
function wanted(core: Core, server: string, event: 'start' | 'stop' | 'restart', by: Actor): void {
  appendIfPossible(core.audit, { type: 'lifecycle', event: `${event}-wanted`, server, ...by });
}

/** Ends what runs of a server that may not run any more. */
function endDisabled(core: Core, server: string, reason: string): Promise<void> {
  return endServer(core, server, refusal('SERVER_DISABLED', reason), reason);
}

/** Takes a consent back, and with it every grant that hung on it. */
function withdraw(core: Core, server: string, by: Actor): void {
  core.launch.withdraw(server, by);
  core.grants.endWhere((grant) => grant.server === server, 'consent-changed');
}

/** Makes a yes to a launch count; grants that hung on another one end. */
async function agree(daemon: Daemon, server: string, digest: string, by: KnownActor): Promise<void> {
  const core = daemon.core();
  await core.launch.consent(server, digest, by);
  core.grants.endWhere((one) => one.server === server && one.launchDigest !== digest, 'consent-changed');
  daemon.changes.tell('servers', server);
}

/** What a person is asked to agree to. Throws `Refused` when it cannot run, or is no longer what `digest` says. */
async function launchOf(core: Core, server: string, digest: string) {
  known(core, server);
  const { launch, digest: now, problem, differences, findings, truth } = await core.launch.reviewOf(server, digest);
  if (problem) throw new Refused(problem.code, problem.detail);
  if (!launch || now !== digest) throw new Refused('ASK_CHANGED', 'the launch is another by now');
  return { server, launch, launchDigest: digest, differences, findings, ...(truth === null ? {} : { truth }) };
}

export function serversRouter(os: Guarded, daemon: Daemon) {
  const { servers } = os;
  return {
    list: servers.list.handler(async (): Promise<ServerSummary[]> => {
      const core = daemon.core();
      return Promise.all([...core.config.entries()].map(([name, entry]) => summarise(core, name, entry)));
    }),
    sessions: servers.sessions.handler(() => daemon.core().sessions.list()),
    add: servers.add.handler(async ({ input, context }) => {
      await daemon.core().config.add(input.name, input.entry, actor(daemon, context));
      return {};
    }),
    remove: servers.remove.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      const by = actor(daemon, context);
      known(core, server);
      await endDisabled(core, server, 'removed');
      withdraw(core, server, by);
      await core.config.remove(server, by);
      await core.launch.collect();
      return {};
    }),
    sandbox: servers.sandbox.handler(async ({ input: { server, sandbox }, context }) => {
      await daemon.core().config.setSandbox(server, sandbox, actor(daemon, context));
      return {};
    }),
    review: servers.review.handler(async ({ input: { server, which } }) => {
      const core = daemon.core();
      known(core, server);
      return core.launch.review(server, which);
    }),
    reviewLine: servers.reviewLine.handler(({ input: { command, args } }) =>
      daemon.core().launch.reviewLine(command, args),
    ),
    consent: servers.consent.handler(async ({ input: { server, digest }, context }) => {
      const core = daemon.core();
      const launch = await launchOf(core, server, digest);
      return propose(daemon, context, { kind: 'consent', ...launch }, (by) => agree(daemon, server, digest, by));
    }),
    consentAll: servers.consentAll.handler(async ({ input: { servers: chosen }, context }) => {
      const core = daemon.core();
      const launches = await Promise.all(chosen.map((one) => launchOf(core, one.server, one.digest)));
      const severe = launches.filter(({ findings }) => findings.some(({ severity }) => severity === 'severe'));
      if (severe.length > 0)
        throw new Refused(
          'INPUT_INVALID',
          `something severe was found in ${severe.map(({ server }) => server).join(', ')}: ask about each by itself`,
        );
      return propose(daemon, context, { kind: 'consents', launches }, async (by) => {
        for (const { server, launchDigest } of launches) await agree(daemon, server, launchDigest, by);
      });
    }),
    sharedChanges: servers.sharedChanges.handler(async () => {
      const core = daemon.core();
      return sharedChanges(
        await Promise.all([...core.config.entries().keys()].map((name) => core.launch.review(name))),
      );
    }),
    withdraw: servers.withdraw.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      withdraw(core, server, actor(daemon, context));
      await endDisabled(core, server, 'the consent was withdrawn');
      await core.launch.collect();
      daemon.changes.tell('servers', server);
      return {};
    }),
    start: servers.start.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      wanted(core, server, 'start', actor(daemon, context));
      await core.inspections.start(server);
      return {};
    }),
    stop: servers.stop.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      wanted(core, server, 'stop', actor(daemon, context));
      await endServer(core, server, refusal('SERVER_EXITED', 'a person stopped the server'), 'stopped by a person');
      return {};
    }),
    restart: servers.restart.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      wanted(core, server, 'restart', actor(daemon, context));
      await endServer(core, server, refusal('SERVER_EXITED', 'a person restarted the server'), 'restarted by a person');
      core.supervisor.reset(server);
      await core.inspections.start(server);
      return {};
    }),
    disable: servers.disable.handler(async ({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      await core.config.setDisabled(server, true, actor(daemon, context));
      await endDisabled(core, server, 'a person switched the server off');
      return {};
    }),
    enable: servers.enable.handler(({ input: { server }, context }) => {
      const core = daemon.core();
      known(core, server);
      return propose(daemon, context, { kind: 'switch', server, on: true }, (by) =>
        core.config.setDisabled(server, false, by),
      );
    }),
    logs: servers.logs.handler(({ input }) => {
      const core = daemon.core();
      known(core, input.server);
      return core.supervisor.logs(input.server, { after: input.after, words: input.words, limit: input.limit });
    }),
  };
}
