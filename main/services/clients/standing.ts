/** Where an entry of a client stands: around us, behind us, or out of reach. */
import type { ClientEntry } from '../../contract/client.ts';
import type { LaunchFinding } from '../../contract/launch.ts';
import { type RelayCommand, relayedServer } from '../../core/clients/relay.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { ServersConfig } from '../launch/ports.ts';
import type { KeptEntry } from './kept.ts';
import type { ScannedEntry, ScannedFile } from './scan.ts';
import type { EntryFacts } from './view.ts';

export interface StandingParts {
  readonly relay: RelayCommand;
  readonly config: Pick<ServersConfig, 'entry'>;
  readonly masker: Masker;
  readonly findings: (
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => LaunchFinding[];
  /** What we keep of this entry, when we have rewritten it. */
  readonly kept: KeptEntry | undefined;
  readonly appeared: ClientEntry['appeared'];
}

/** Only what starts exactly our command counts as ours, whatever our rows say. */
export function standingOf(
  { launch, doubled }: ScannedEntry,
  { place }: ScannedFile,
  { relay, config, masker, findings, kept, appeared }: StandingParts,
): EntryFacts {
  const base = { server: null, findings: [], appeared, launch: null, reason: null };
  if (launch.kind === 'remote') return { ...base, state: 'remote' };
  if (launch.kind === 'other') return { ...base, state: 'uncovered', reason: launch.why };
  const server = relayedServer(relay, launch);
  if (server !== null) {
    const state = kept?.state === 'quarantined' && kept.server === server ? 'quarantined' : 'protected';
    return { ...base, state, server, launch: maskLaunch(kept ?? config.entry(server) ?? launch, masker) };
  }
  const { command, args, env } = launch;
  const here = { ...base, findings: findings(command, args, env), launch: maskLaunch(launch, masker) };
  if (doubled) return { ...here, state: 'uncovered', reason: 'There are several of this name in the list.' };
  if (place.scope === 'managed')
    return { ...here, state: 'uncovered', reason: 'An administrator’s file: it is not ours to write.' };
  return { ...here, state: 'unprotected' };
}

/** A launch as it may be shown. */
export function maskLaunch(
  { command, args }: { readonly command: string; readonly args: readonly string[] },
  masker: Masker,
): { command: string; args: string[] } {
  return { command: masker.mask(command), args: args.map((word) => masker.mask(word)) };
}
