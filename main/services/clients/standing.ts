/** Where an entry of a client stands: around us, behind us, or out of reach. */
import { Refused } from '../../contract/refusal.ts';
import { fillIn } from '../../core/clients/fill.ts';
import type { PlainMap } from '../../core/clients/format.ts';
import { type RelayCommand, relayed } from '../../core/clients/relay.ts';
import { fieldsFor, NOWHERE } from '../../core/clients/shapes.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { ServersConfig } from '../launch/ports.ts';
import { aroundOf } from './around.ts';
import type { KeptEntry } from './kept.ts';
import type { ScannedEntry, ScannedFile } from './scan.ts';
import type { Seen } from './sentry.ts';
import type { Standing } from './view.ts';

type Local = Extract<ScannedEntry['launch'], { kind: 'local' }>;

export interface StandingParts {
  readonly relay: RelayCommand;
  readonly config: Pick<ServersConfig, 'entry'>;
  /** The person's home folder. */
  readonly home: string;
  readonly masker: Masker;
  /** What we keep of this entry, when we have rewritten it. */
  readonly kept: KeptEntry | undefined;
  readonly seen: Seen | undefined;
}

/** Only what starts exactly our command counts as ours, whatever our rows say. */
export function standingOf(
  entry: ScannedEntry,
  file: ScannedFile,
  { relay, config, home, masker, kept, seen }: StandingParts,
): Standing {
  const { launch } = entry;
  const decision = { appeared: seen?.appeared ?? null, left: seen?.left ?? null };
  const base = {
    server: null,
    ...decision,
    kept: kept !== undefined,
    launch: null,
    url: null,
    reason: null,
  };
  if (launch.kind === 'other') return { ...base, state: 'uncovered', reason: launch.why };
  const server = goesThrough(entry, relay, kept);
  const quarantined = kept?.state === 'quarantined' && kept.server === server;
  if (launch.kind === 'remote') {
    if (quarantined) return { ...base, state: 'quarantined', server, url: kept.url ?? null };
    return { ...base, state: 'remote', url: masker.mask(launch.url) };
  }
  if (server !== null) {
    const state = quarantined ? 'quarantined' : 'protected';
    const reason = kept ? null : 'Written by hand: to undo it, write something else there.';
    return { ...base, state, server, reason, launch: maskLaunch(kept ?? config.entry(server) ?? launch, masker) };
  }
  const here = { ...base, launch: maskLaunch(launch, masker) };
  const why = whyAside(launch, relay) ?? whyUncovered(entry, file, home);
  if (why !== null) return { ...here, state: 'uncovered', reason: masker.mask(why) };
  return { ...here, state: 'unprotected' };
}

/** The name that an entry reaches through us, standing exactly as we write it; null for every other. */
export function goesThrough(
  { launch }: Pick<ScannedEntry, 'launch'>,
  relay: RelayCommand,
  kept: KeptEntry | undefined,
): string | null {
  if (launch.kind === 'remote') return launch.url === NOWHERE ? (kept?.server ?? null) : null;
  const ours = launch.kind === 'local' ? relayed(relay, launch) : null;
  return ours?.strays.length === 0 ? ours.server : null;
}

/** Whether the entry's text can be rewritten at all: it is a person's, stands for itself, and names where a client goes. */
export function whyFixed(
  { launch, doubled, path, value }: ScannedEntry,
  { place, document }: ScannedFile,
): string | null {
  if (place.scope === 'managed') return 'An administrator’s file: it is not ours to write.';
  if (doubled) return 'There are several of this name in the list.';
  if (launch.kind === 'other') return launch.why;
  try {
    for (const field of fieldsFor(place.client, value as PlainMap, { command: '', args: [], env: {} }))
      document?.region([...path, ...field.path]);
    return null;
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.detail ?? 'It cannot be replaced'}.`;
    throw error;
  }
}

/** What may lead a client past what its entry says at first sight. */
function whyAside(launch: Local, relay: RelayCommand): string | null {
  const strays = relayed(relay, launch)?.strays ?? [];
  if (strays.length > 0)
    return `It starts Countersign, but not as Countersign wrote it: ${strays.join(', ')}. Take that out of the entry, or put it into quarantine.`;
  if (launch.url !== undefined)
    return `It names a program and the address ${launch.url}: which of them counts is up to the client. Keep one of the two.`;
  return null;
}

function whyUncovered(entry: ScannedEntry, file: ScannedFile, home: string): string | null {
  const fixed = whyFixed(entry, file);
  if (fixed !== null || entry.launch.kind !== 'local') return fixed;
  const filled = fillIn(entry.launch, aroundOf(entry, file, home));
  return filled.ok ? null : filled.why;
}

/** A launch as it may be shown. */
export function maskLaunch(
  { command, args }: { readonly command: string; readonly args: readonly string[] },
  masker: Masker,
): { command: string; args: string[] } {
  return { command: masker.mask(command), args: args.map((word) => masker.mask(word)) };
}
