/** What an entry's own text does not say, and filling it in takes. */
import { type Around, filledPath, type VariablesFile } from '../../core/clients/fill.ts';
import type { ClientFiles, ParseVariables } from './ports.ts';
import type { ScannedEntry, ScannedFile } from './scan.ts';

/** What names a variable; a line of anything else has none. */
const NAME = /^[A-Za-z_]\w{0,127}$/;
/** A line that sets one. */
const SETS = /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=/;
const BLANK = /^\s*(?:#|$)/;
/** No file of variables is larger; whoever names many that are would keep every look busy. */
const LARGEST_BYTES = 256 * 1024;

export function aroundOf(
  entry: ScannedEntry,
  { place, inputs }: ScannedFile,
  home: string,
  answers: ReadonlyMap<string, string> = new Map(),
): Around {
  return { home, project: entry.project ?? place.project, inputs, answers, variables: entry.variables };
}

/** The variables in the file that an entry names, as they are now, or why there are none. */
export async function variablesIn(
  named: string,
  where: Pick<Around, 'home' | 'project'>,
  files: Pick<ClientFiles, 'read'>,
  parse: ParseVariables,
): Promise<VariablesFile> {
  const path = filledPath(named, where);
  if (path === null) return { path: named, why: 'nobody but the client knows where that is' };
  const read = await files.read(path, LARGEST_BYTES);
  if (read.state === 'absent') return { path, why: 'it is not there' };
  if (read.state === 'bad') return { path, why: read.message };
  const variables = beginsAsVariables(read.text) ? parse(read.text) : null;
  // Something else that is read as one would show parts of itself as names.
  const good = variables !== null && Object.keys(variables).every((name) => NAME.test(name));
  return good ? { path, variables } : { path, why: 'it holds something else than variables' };
}

/** What holds them sets one first: the last line of a key can look like one, its first does not. */
function beginsAsVariables(text: string): boolean {
  const first = text.split(/\r?\n/).find((line) => !BLANK.test(line));
  return first === undefined || SETS.test(first);
}
