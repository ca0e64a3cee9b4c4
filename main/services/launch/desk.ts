/** The launch desk: nothing starts that was not agreed to, exactly as it was shown (PRODUCT.md I1, I4). */
import type { Launch, LaunchDifference, LaunchReview } from '../../contract/launch.ts';
import type { PackageTruth, PinnedPackage } from '../../contract/package.ts';
import { Refused } from '../../contract/refusal.ts';
import type { ServerEntry } from '../../contract/server.ts';
import type { Masker } from '../../core/egress/masker.ts';
import { analyse, readLine } from '../../core/launch/analyse.ts';
import { differences } from '../../core/launch/difference.ts';
import { launchDigestInput, withoutValues } from '../../core/launch/digest.ts';
import { reviewLine } from '../../core/launch/lineReview.ts';
import { fillReferences } from '../../core/launch/references.ts';
import { nodeOptions } from '../../core/launch/shebang.ts';
import type { SealedRow, SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import type { Packages } from '../packages/packages.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { DeviceKeys, Secrets } from '../vault/ports.ts';
import { findingsOf } from './findings.ts';
import { argumentsOf, Pinning, type Which } from './pinning.ts';
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
  readonly packages: Packages;
  /** Absolute: the Node that pinned packages run on. */
  readonly node: string;
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
  /** Of a pinned package: the digest of what was installed, and what was known of it. */
  readonly files?: string;
  readonly truth?: PackageTruth;
}

/** What a review calls the installed files of a package. */
const STORED = 'package files';

export function openLaunchDesk(parts: LaunchDeskParts): LaunchDesk {
  const { config, sealed, secrets, keys } = parts;
  const agreed = (server: string) => sealed.get<Consent>('consent', server);
  const digestOf = (launch: Launch) => `sha256:${parts.sha256(launchDigestInput(launch))}`;

  const entryOf = (server: string): ServerEntry => {
    const entry = config.entry(server);
    if (!entry) throw new Refused('SERVER_UNKNOWN', server);
    return entry;
  };
  const checkStartable = (server: string): void => {
    if (entryOf(server).disabled) throw new Refused('SERVER_DISABLED', server);
  };
  const pinning = new Pinning(parts.packages);
  const resolve = (server: string, which: Which): Promise<ResolvedLaunch> => {
    const entry = entryOf(server);
    const pinned = pinning.chosen(server, entry, agreed(server)?.body.launch ?? null, which);
    const inPlace = pinned && { pinned, node: parts.node, args: argumentsOf(entry) };
    return resolveLaunch(server, entry, parts, inPlace);
  };
  /** What lies in the store otherwise than it was installed. */
  const stored = async (
    row: SealedRow<Consent> | undefined,
    { package: pinned }: Launch,
    now: boolean,
  ): Promise<LaunchDifference[]> => {
    if (!pinned || row?.body.files === undefined || row.body.launch.package?.lock !== pinned.lock) return [];
    const changes = await parts.packages.changes(pinned, row.body.files, now);
    return changes.map(({ file, before, after }) => ({ where: `${STORED}: ${file}`, before, after }));
  };
  const truthOf = (server: string, launch: Launch, row: SealedRow<Consent> | undefined): PackageTruth | null => {
    const { package: pinned } = launch;
    const kept = pinned && row?.body.launch.package?.lock === pinned.lock ? row.body.truth : undefined;
    return pinning.truth(server, pinned ?? null) ?? kept ?? null;
  };
  /** The launch of this digest, whichever of a server's it is. */
  const resolveAs = async (server: string, digest: string): Promise<{ launch: Launch; which: Which }> => {
    for (const which of ['usual', 'upgrade', 'as-written'] as const) {
      const { launch } = await resolve(server, which);
      if (digestOf(launch) === digest) return { launch, which };
    }
    throw new Refused('ASK_CHANGED', `${server} would run something else by now`);
  };
  /** What consents hold of this package's installed files. */
  const filesOf = (pinned: PinnedPackage): string[] => {
    const key = parts.packages.key(pinned);
    return sealed.list<Consent>('consent').flatMap(({ body: { files, launch } }) => {
      return files !== undefined && launch.package && parts.packages.key(launch.package) === key ? [files] : [];
    });
  };
  const collect = (): Promise<void> => {
    const held = sealed.list<Consent>('consent').flatMap(({ body }) => body.launch.package ?? []);
    return parts.packages.collect([...held, ...pinning.pending()]);
  };

  /** What Node starts in the launcher's place; null where the line runs as written. */
  const fromStore = async ({ package: pinned }: Launch): Promise<{ folder: string; args: string[] } | null> => {
    if (!pinned) return null;
    const { folder, file } = parts.packages.entry(pinned);
    const found = await parts.files.file(file, folder);
    if (!found) throw new Refused('LAUNCH_UNRESOLVED', `${file} is not there`);
    return { folder, args: [...nodeOptions(found.head), file] };
  };

  const review = async (server: string, which: Which = 'usual'): Promise<LaunchReview> => {
    const entry = entryOf(server);
    const row = agreed(server);
    const { package: named } = readLine(entry);
    const held = row?.body.launch.package ?? null;
    const base = {
      server,
      agreed: row ? agreedOf(row) : null,
      package: named,
      pinning: pinning.possible(server, entry, named),
      upgrade: pinning.waits(server, entry, held),
    };
    try {
      const resolved = await resolve(server, which);
      const { launch } = resolved;
      // Without the key of the literal values there is nothing a consent could bind to.
      const digest = keys && digestOf(launch);
      const changed = await stored(row, launch, false);
      const found = row ? [...changed, ...differences(row.body.launch, launch)] : [];
      const problem = keys ? null : new Refused('KEYCHAIN_UNAVAILABLE').refusal;
      const truth = truthOf(server, launch, row);
      const consent = changed.length > 0 ? 'changed' : consentState(row, digest);
      const findings = findingsOf(resolved, truth, parts);
      const pinned = launch.package ? { pinning: { kind: 'pinned' as const } } : {};
      return { ...base, ...pinned, truth, launch, digest, consent, findings, differences: found, problem };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const consent = consentState(row, null);
      const truth = pinning.truth(server, null);
      const { command, args } = entry;
      const findings = [...analyse({ command, args, variables: [] }, parts.masker()).findings];
      return { ...base, truth, launch: null, digest: null, consent, findings, differences: [], problem: error.refusal };
    }
  };

  return {
    review,
    async reviewOf(server, digest) {
      const { which } = await resolveAs(server, digest);
      return review(server, which);
    },

    reviewLine: (command, args) => reviewLine({ command, args }, parts.masker(), parts.sha256),

    async look(server, wishes) {
      const entry = entryOf(server);
      const { package: named } = readLine(entry);
      if (!named) throw new Refused('INPUT_INVALID', `${server} names no package`);
      return pinning.look(server, entry, named, agreed(server)?.body.launch.package, wishes);
    },

    collect,

    async consent(server, digest, by) {
      if (!keys) throw new Refused('KEYCHAIN_UNAVAILABLE');
      const { launch } = await resolveAs(server, digest);
      const row = agreed(server);
      const truth = truthOf(server, launch, row);
      const { package: pinned } = launch;
      const files = pinned && (await parts.packages.install(pinned, () => filesOf(pinned)));
      const body: Consent = {
        launch: withoutValues(launch),
        digest,
        at: parts.clock.now(),
        person: by.person,
        ...(files === undefined ? {} : { files }),
        ...(truth === null ? {} : { truth }),
      };
      sealed.put<Consent>('consent', server, body, {
        type: 'consent',
        event: row ? 'renewed' : 'given',
        server,
        ...by,
        digests: {
          launch: digest,
          ...(files === undefined ? {} : { files }),
          ...(row && { before: row.body.digest }),
        },
      });
      pinning.forget(server);
      await collect();
    },

    withdraw(server, by) {
      const row = agreed(server);
      if (!row) return;
      sealed.remove('consent', server, {
        type: 'consent',
        event: 'withdrawn',
        server,
        ...by,
        digests: { launch: row.body.digest },
      });
      pinning.forget(server);
    },

    checkStartable,

    async plan(server) {
      checkStartable(server);
      if (!keys) throw new Refused('KEYCHAIN_UNAVAILABLE');
      const row = agreed(server);
      const { launch, program, inherited, configured, secrets: names } = await resolve(server, 'usual');
      const digest = digestOf(launch);
      const state = consentState(row, digest);
      if (state !== 'given') throw new Refused(state === 'needed' ? 'CONSENT_NEEDED' : 'CONSENT_CHANGED', server);
      const changed = await stored(row, launch, true);
      if (changed.length > 0) throw new Refused('CONSENT_CHANGED', `${server}: ${changed[0]?.where}`);

      const values = await secrets.resolve(server, names);
      const env: Record<string, string> = { ...inherited };
      for (const [variable, pieces] of configured) {
        const value = fillReferences(pieces, values);
        if (value === undefined) throw new Refused('SECRET_MISSING', `${variable} of ${server}`);
        env[variable] = value;
      }
      // Switched off or removed while the secrets were fetched: that wins.
      checkStartable(server);
      const held = launch.reach ? await parts.sandbox.confinement(server, launch.reach, launch.files) : null;
      const from = await fromStore(launch);
      const confinement = held && from ? { ...held, shows: [...held.shows, from.folder] } : held;
      const args = from ? [...from.args, ...argumentsOf(launch)] : launch.args;
      return { plan: { server, program, args, cwd: launch.cwd, env, confinement }, launchDigest: digest };
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
