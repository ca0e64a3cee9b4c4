import { Refused } from '../../../contract/errors.ts';
import type { SecretScope } from '../../../contract/secret.ts';
import { wantedSecrets } from '../basis.ts';
import type { Daemon } from '../daemon.ts';
import { restartUsers, stopUsers } from '../secretUsers.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function secretsRouter(os: Guarded, daemon: Daemon) {
  /** What every question about a secret says of it. */
  const about = async (name: string, scope: SecretScope | undefined) => {
    const before = (await daemon.core().secrets.list()).find((secret) => secret.name === name);
    const { servers = null, environment = null, expiresAt = null } = scope ?? before ?? {};
    const kept = { servers, environment, expiresAt: scope ? expiresAt : null };
    return { kind: 'secret' as const, name, replaces: before !== undefined, usedBy: before?.usedBy ?? [], scope: kept };
  };
  const changed = async (name: string, ends: (server: string) => boolean = () => true) => {
    await restartUsers(daemon.core(), name, ends);
    daemon.changes.tell('secrets');
  };

  return {
    list: os.secrets.list.handler(() => daemon.core().secrets.list()),
    wanted: os.secrets.wanted.handler(() => {
      const { config, secrets } = daemon.core();
      return wantedSecrets(config.entries(), (name) => secrets.has(name));
    }),
    set: os.secrets.set.handler(async ({ input: { name, value, scope }, context }) => {
      const { secrets } = daemon.core();
      const sameAs = value === undefined ? [] : secrets.sameAs(value).filter((other) => other !== name);
      const subject = {
        ...(await about(name, scope)),
        value: value === undefined ? 'typed' : 'given',
        sameAs,
      } as const;
      return propose(daemon, context, subject, async (by, answer) => {
        const given = value ?? answer.value;
        if (!given) throw new Refused('INPUT_INVALID', 'no value was given');
        await secrets.set(name, given, { scope: subject.scope, by });
        await changed(name);
      });
    }),
    helper: os.secrets.helper.handler(async ({ input: { name, command, scope }, context }) => {
      const { secrets, helpers } = daemon.core();
      const { launch, digest, findings } = await helpers.review(name, command);
      const severe = findings.find(({ severity }) => severity === 'severe');
      if (severe) throw new Refused('INPUT_INVALID', `a command like this makes no secret: ${severe.message}`);
      const helper = { launch, launchDigest: digest, findings: [...findings] };
      const subject = { ...(await about(name, scope)), value: 'helper' as const, helper };
      return propose(daemon, context, subject, async (by) => {
        const now = await helpers.review(name, command);
        if (now.digest !== digest) throw new Refused('ASK_CHANGED', 'the command would run something else by now');
        await secrets.setHelper(name, { command, launch: now.launch, digest }, { scope: subject.scope, by });
        await changed(name);
      });
    }),
    keepFor: os.secrets.keepFor.handler(async ({ input: { name, scope }, context }) => {
      const { secrets } = daemon.core();
      if (!secrets.has(name)) throw new Refused('NOT_FOUND', name);
      const subject = { ...(await about(name, scope)), value: 'kept' as const };
      return propose(daemon, context, subject, async (by) => {
        await secrets.bind(name, { scope, by });
        await changed(name, (server) => scope.servers?.includes(server) === false);
      });
    }),
    revoke: os.secrets.revoke.handler(async ({ input: { name }, context }) => {
      const core = daemon.core();
      await core.secrets.remove(name, actor(daemon, context));
      await stopUsers(core, name);
      daemon.changes.tell('secrets');
      return {};
    }),
  };
}
