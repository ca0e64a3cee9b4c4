import type { ClientEntry, ClientFile, ClientsView } from '../../../contract/client.ts';
import { Refused } from '../../../contract/errors.ts';

export interface ChosenEntry {
  readonly file: ClientFile;
  readonly entry: ClientEntry;
}

/** As much of an id as tells entries apart. */
export function shortId({ id }: ClientEntry): string {
  return id.slice('sha256:'.length, 'sha256:'.length + 8);
}

/**
 * The entries these words mean: `CLIENT/NAME`, a name, or the beginning of an id; or all that are unprotected and nobody
 * left so, or all of ours that can be put back. Throws `Refused('NOT_FOUND')` for a word that means none.
 */
export function chosenEntries(
  { files }: ClientsView,
  texts: readonly string[],
  all?: 'unprotected' | 'ours',
): ChosenEntry[] {
  const every = files.flatMap((file) => file.entries.map((entry) => ({ file, entry })));
  const chosen =
    all === undefined
      ? texts.flatMap((text) => meant(every, text))
      : every.filter(({ entry }) => (all === 'unprotected' ? isUnprotected(entry) : isOurs(entry)));
  if (chosen.length === 0) {
    if (all !== undefined) throw new Refused('NOT_FOUND', `no entry is ${all}`);
    throw new Refused('INPUT_INVALID', 'name the entries, or give --all');
  }
  return [...new Map(chosen.map((one) => [one.entry.id, one])).values()];
}

/** A client starts it around us, and nobody left it so. */
export function isUnprotected({ state, left }: ClientEntry): boolean {
  return state === 'unprotected' && left === null;
}

function isOurs({ state, kept }: ClientEntry): boolean {
  return kept && (state === 'protected' || state === 'quarantined');
}

function meant(every: readonly ChosenEntry[], text: string): ChosenEntry[] {
  const slash = text.indexOf('/');
  const found = every.filter(({ file, entry }) => {
    if (/^[0-9a-f]{6,}$/.test(text) && entry.id.slice('sha256:'.length).startsWith(text)) return true;
    const clients: readonly string[] = [file.client, ...file.also];
    return entry.name === text || (clients.includes(text.slice(0, slash)) && entry.name === text.slice(slash + 1));
  });
  if (found.length === 0) throw new Refused('NOT_FOUND', text);
  return found;
}
