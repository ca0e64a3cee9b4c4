import { Refused, refusal } from '../../../contract/errors.ts';
import type { ServerEntry, ServerSummary } from '../../../contract/server.ts';
import { sharedChanges } from '../../../core/launch/sharedChange.ts';
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

/** Makes a yes to a launch count; grants that hung on another one end. */
async function agree(daemon: Daemon, server: string, digest: string, person: string, via: string): Promise<void> {
  const core = daemon.core();
  await core.launch.consent(server, digest, person, via);
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
      await core.launch.collect();
      return {};
    }),
    sandbox: servers.sandbox.handler(async ({ input: { server, sandbox } }) => {
      await daemon.core().config.setSandbox(server, sandbox);
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
    consent: servers.consent.handler(async ({ input: { server, digest } }) => {
      const core = daemon.core();
      const launch = await launchOf(core, server, digest);
      return propose(daemon, { kind: 'consent', ...launch }, async (person, via) => {
        await agree(daemon, server, digest, person, via);
      });
    }),
    consentAll: servers.consentAll.handler(async ({ input: { servers: chosen } }) => {
      const core = daemon.core();
      const launches = await Promise.all(chosen.map((one) => launchOf(core, one.server, one.digest)));
      const severe = launches.filter(({ findings }) => findings.some(({ severity }) => severity === 'severe'));
      if (severe.length > 0)
        throw new Refused(
          'INPUT_INVALID',
          `something severe was found in ${severe.map(({ server }) => server).join(', ')}: ask about each by itself`,
        );
      return propose(daemon, { kind: 'consents', launches }, async (person, via) => {
        for (const { server, launchDigest } of launches) await agree(daemon, server, launchDigest, person, via);
      });
    }),
    sharedChanges: servers.sharedChanges.handler(async () => {
      const core = daemon.core();
      return sharedChanges(
        await Promise.all([...core.config.entries().keys()].map((name) => core.launch.review(name))),
      );
    }),
    withdraw: servers.withdraw.handler(async ({ input: { server } }) => {
      const core = daemon.core();
      known(core, server);
      withdraw(core, server);
      await stopEverything(core, server, 'the consent was withdrawn');
      await core.launch.collect();
      daemon.changes.tell('servers', server);
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
