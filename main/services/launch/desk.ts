/** The launch desk: nothing starts that was not agreed to, exactly as it was shown (PRODUCT.md I1, I4). */
import type { Launch, LaunchReview } from '../../contract/launch.ts';
import { Refused } from '../../contract/refusal.ts';
import type { ServerEntry } from '../../contract/server.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse } from '../../core/launch/analyse.ts';
import { differences } from '../../core/launch/difference.ts';
import { launchDigestInput, withoutValues } from '../../core/launch/digest.ts';
import { lineDigestInput } from '../../core/launch/lineDigest.ts';
import { fillReferences } from '../../core/launch/references.ts';
import type { SealedRow, SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { DeviceKeys, Secrets } from '../vault/ports.ts';
import type { LaunchDesk, ProgramFiles, ServersConfig } from './ports.ts';
import { type ResolvedLaunch, resolveLaunch } from './resolved.ts';

export interface LaunchDeskParts {
  readonly config: ServersConfig;
  readonly files: ProgramFiles;
  readonly sealed: SealedRows;
  readonly secrets: Secrets;
  /** Null where there is no keystore: then launches can be looked at, but not agreed to and not started. */
  readonly keys: DeviceKeys | null;
  readonly clock: Clock;
  /** Finds secrets in the texts of a launch. */
  readonly masker: () => Pick<Masker, 'find'>;
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** `Processes.isolation`. */
  readonly isolation: string;
  readonly sandbox: Sandbox;
}

/** Body of a sealed `consent` row, by server. Literal values are not in it, only their keyed digests. */
interface Consent {
  readonly launch: Launch;
  readonly digest: string;
  readonly at: string;
  readonly person: string;
}

export function openLaunchDesk(parts: LaunchDeskParts): LaunchDesk {
  const { config, sealed, secrets, keys } = parts;
  const encoder = new TextEncoder();
  const valueDigest = (value: string) =>
    keys && `hmac-sha256:${hexOf(keys.mac('launch-value', encoder.encode(value)))}`;
  const agreed = (server: string) => sealed.get<Consent>('consent', server);
  const digestOf = (launch: Launch) => `sha256:${parts.sha256(launchDigestInput(launch))}`;

  const entryOf = (server: string): ServerEntry => {
    const entry = config.entry(server);
    if (!entry) throw new Refused('SERVER_UNKNOWN', server);
    return entry;
  };
  const startableEntry = (server: string): void => {
    if (entryOf(server).disabled) throw new Refused('SERVER_DISABLED', server);
  };
  const resolve = (server: string): Promise<ResolvedLaunch> =>
    resolveLaunch(server, entryOf(server), { ...parts, valueDigest });

  return {
    async review(server): Promise<LaunchReview> {
      entryOf(server);
      const row = agreed(server);
      const base = { server, agreed: row ? agreedOf(row) : null };
      try {
        const { launch } = await resolve(server);
        // Without the key of the literal values there is nothing a consent could bind to.
        const digest = keys && digestOf(launch);
        const found = row ? differences(row.body.launch, launch) : [];
        const problem = keys ? null : new Refused('KEYCHAIN_UNAVAILABLE').refusal;
        const findings = [...analyse(launch, parts.masker()).findings];
        return { ...base, launch, digest, consent: consentState(row, digest), findings, differences: found, problem };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const consent = consentState(row, null);
        const { command, args } = entryOf(server);
        const findings = [...analyse({ command, args, variables: [] }, parts.masker()).findings];
        return { ...base, launch: null, digest: null, consent, findings, differences: [], problem: error.refusal };
      }
    },

    reviewLine(command, args) {
      const { launchers, findings, ...rest } = analyse({ command, args, variables: [] }, parts.masker());
      const digest = `sha256:${parts.sha256(lineDigestInput(command, args))}`;
      return { ...rest, launchers: [...launchers], findings: [...findings], digest };
    },

    async consent(server, digest, person, via) {
      if (!keys) throw new Refused('KEYCHAIN_UNAVAILABLE');
      const { launch } = await resolve(server);
      if (digestOf(launch) !== digest) throw new Refused('ASK_CHANGED', `${server} would run something else by now`);
      const body: Consent = { launch: withoutValues(launch), digest, at: parts.clock.now(), person };
      sealed.put<Consent>('consent', server, body, {
        type: 'consent',
        event: agreed(server) ? 'renewed' : 'given',
        server,
        person,
        via,
        digests: { launch: digest },
      });
    },

    withdraw(server) {
      const row = agreed(server);
      if (!row) return;
      sealed.remove('consent', server, {
        type: 'consent',
        event: 'withdrawn',
        server,
        digests: { launch: row.body.digest },
      });
    },

    async plan(server) {
      startableEntry(server);
      if (!keys) throw new Refused('KEYCHAIN_UNAVAILABLE');
      const { launch, program, inherited, configured, secrets: names } = await resolve(server);
      const digest = digestOf(launch);
      const state = consentState(agreed(server), digest);
      if (state !== 'given') throw new Refused(state === 'needed' ? 'CONSENT_NEEDED' : 'CONSENT_CHANGED', server);

      const values = await secrets.resolve(server, names);
      const env: Record<string, string> = { ...inherited };
      for (const [variable, pieces] of configured) {
        const value = fillReferences(pieces, values);
        if (value === undefined) throw new Refused('SECRET_MISSING', `${variable} of ${server}`);
        env[variable] = value;
      }
      // Switched off or removed while the secrets were fetched: that wins.
      startableEntry(server);
      const confinement = launch.reach ? await parts.sandbox.confinement(server, launch.reach, launch.files) : null;
      return { plan: { server, program, args: launch.args, cwd: launch.cwd, env, confinement }, launchDigest: digest };
    },
  };
}

function consentState(row: SealedRow<Consent> | undefined, digest: string | null): LaunchReview['consent'] {
  if (!row) return 'needed';
  return row.body.digest === digest ? 'given' : 'changed';
}

function agreedOf({ body, record }: SealedRow<Consent>): LaunchReview['agreed'] {
  return { at: body.at, by: body.person, record };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
