import { Refused, refusal } from '../../../contract/errors.ts';
import type { ServerEntry, ServerSummary } from '../../../contract/server.ts';
import type { Core } from '../core.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';
import { summarise } from './serverSummary.ts';

function known(core: Core, server: string): ServerEntry {
  const entry = core.config.entry(server);
  if (!entry) throw new Refused('SERVER_UNKNOWN', server);
  return entry;
}

async function stopEverything(core: Core, server: string, reason: string): Promise<void> {
  core.inspections.stop(server);
  core.sessions.endServer(server, refusal('SERVER_DISABLED', reason));
  await core.supervisor.stopServer(server, reason);
}

/** Takes a consent back, and with it every grant that hung on it. */
function withdraw(core: Core, server: string): void {
  core.launch.withdraw(server);
  core.grants.endWhere((grant) => grant.server === server, 'consent-changed');
}

export function serversRouter(os: Guarded, daemon: Daemon) {
  const { servers } = os;
  return {
    list: servers.list.handler(async (): Promise<ServerSummary[]> => {
      const core = daemon.core();
      return Promise.all([...core.config.entries()].map(([name, entry]) => summarise(core, name, entry)));
    }),
    sessions: servers.sessions.handler(() => daemon.core().sessions.list()),
    add: servers.add.handler(async ({ input }) => {
      await daemon.core().config.add(input.name, input.entry);
      return {};
    }),
    remove: servers.remove.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      await stopEverything(core, server, 'removed');
      withdraw(core, server);
      await core.config.remove(server);
      return {};
    }),
    review: servers.review.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      return core.launch.review(server);
    }),
    reviewLine: servers.reviewLine.handler(({ input: { command, args } }) =>
      daemon.core().launch.reviewLine(command, args),
    ),
    consent: servers.consent.handler(async ({ input: { server, digest } }) => {
      const core = daemon.core();
      known(core, server);
      const review = await core.launch.review(server);
      if (review.problem) throw new Refused(review.problem.code, review.problem.detail);
      if (!review.launch || review.digest !== digest) throw new Refused('ASK_CHANGED', 'the launch is another by now');
      return propose(
        daemon,
        {
          kind: 'consent',
          server,
          launch: review.launch,
          launchDigest: digest,
          differences: review.differences,
          findings: review.findings,
        },
        async (person, via) => {
          await core.launch.consent(server, digest, person, via);
          core.grants.endWhere((one) => one.server === server && one.launchDigest !== digest, 'consent-changed');
        },
      );
    }),
    withdraw: servers.withdraw.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      withdraw(core, server);
      await stopEverything(core, server, 'the consent was withdrawn');
      return {};
    }),
    start: servers.start.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      await core.inspections.start(server);
      return {};
    }),
    stop: servers.stop.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      core.inspections.stop(server);
      core.sessions.endServer(server, refusal('SERVER_EXITED', 'a person stopped the server'));
      await core.supervisor.stopServer(server, 'stopped by a person');
      return {};
    }),
    restart: servers.restart.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      core.inspections.stop(server);
      core.sessions.endServer(server, refusal('SERVER_EXITED', 'a person restarted the server'));
      await core.supervisor.stopServer(server, 'restarted by a person');
      core.supervisor.reset(server);
      await core.inspections.start(server);
      return {};
    }),
    disable: servers.disable.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      await core.config.setDisabled(server, true, { person: daemon.person, via: 'control' });
      await stopEverything(core, server, 'a person switched the server off');
      return {};
    }),
    enable: servers.enable.handler(({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      return propose(daemon, { kind: 'switch', server, on: true }, (person, via) =>
        core.config.setDisabled(server, false, { person, via }),
      );
    }),
    logs: servers.logs.handler(({ input }) => {
      const core = daemon.core();
      known(core, input.server);
      return core.supervisor.logs(input.server, { after: input.after, words: input.words, limit: input.limit });
    }),
  };
}
