/** Clients' files as a person sees them. */
import { CLIENT_NAMES, type ClientEntry, type ClientFile, type ClientsView } from '../../contract/client.ts';
import { isOff, isUnasked } from '../../core/clients/shapes.ts';
import type { Scanned, ScannedEntry, ScannedFile } from './scan.ts';

/** Where an entry stands. */
export interface Standing
  extends Pick<ClientEntry, 'state' | 'reason' | 'server' | 'url' | 'appeared' | 'kept' | 'left'> {
  /** Null when it starts no program. */
  readonly launch: { readonly command: string; readonly args: readonly string[] } | null;
}

/** What is known of an entry beside what its file says. */
export interface EntryFacts extends Standing, Pick<ClientEntry, 'findings'> {}

/** Files with what waits for a decision first, then those with something to protect. */
export function viewOf(
  { files, unread }: Scanned,
  projects: string[],
  factsOf: (entry: ScannedEntry, file: ScannedFile) => EntryFacts,
): ClientsView {
  const shown = files.map((file) => fileView(file, (entry) => factsOf(entry, file)));
  return {
    files: shown.toSorted((a, b) => rank(a) - rank(b)),
    projects,
    unread: [...unread],
    known: Object.keys(CLIENT_NAMES).length,
  };
}

function fileView(
  { place, also, problem, entries, document }: ScannedFile,
  factsOf: (entry: ScannedEntry) => EntryFacts,
): ClientFile {
  const { client, path, scope, project } = place;
  return {
    client,
    also: [...also],
    path,
    scope,
    project,
    problem: problem && { line: problem.line, message: problem.message },
    entries: entries
      .map((entry) => entryView(entry, document, factsOf(entry)))
      .toSorted((a, b) => entryRank(a) - entryRank(b)),
  };
}

export function entryView(
  entry: ScannedEntry,
  document: ScannedFile['document'],
  { launch, ...facts }: EntryFacts,
): ClientEntry {
  const local = entry.launch.kind === 'local' ? entry.launch : null;
  return {
    id: entry.id,
    name: entry.name,
    line: document?.lineOf(entry.path) ?? 1,
    command: launch?.command ?? null,
    args: [...(launch?.args ?? [])],
    env: Object.keys(local?.env ?? {}),
    off: isOff(entry.value),
    unasked: isUnasked(entry.value),
    ...facts,
  };
}

const ORDER: readonly ClientEntry['state'][] = ['unprotected', 'uncovered', 'remote', 'quarantined', 'protected'];

function entryRank({ appeared, state }: ClientEntry): number {
  return appeared ? -1 : ORDER.indexOf(state);
}

function rank({ entries, problem }: ClientFile): number {
  const first = Math.min(ORDER.length, ...entries.map(entryRank));
  return problem ? 0.5 : first;
}
