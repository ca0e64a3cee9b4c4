/** What a call's arguments do to files of this machine, by their names and shapes. Names prove nothing: this is for showing. */
import { isTrue, type Leaves } from './effectWords.ts';
import { nameAt } from './fields.ts';
import { nameWords } from './verbs.ts';

/** A text to be replaced, and by what. */
export interface Edit {
  readonly old: string;
  readonly new: string;
}

interface Put<Act extends string> {
  readonly act: Act;
  readonly place: string;
  readonly content: string;
  readonly text: string;
}
interface Carry<Act extends string> {
  readonly act: Act;
  readonly place: string;
  readonly to: string;
}
interface Change {
  readonly act: 'edit';
  readonly place: string;
  readonly edits: readonly Edit[];
  readonly all: boolean;
}

/** One act on a file; places are JSON pointers of the arguments that name them. */
export type FileAct =
  | Put<'write'>
  | Put<'append'>
  | Change
  | { readonly act: 'delete'; readonly place: string }
  | Carry<'move'>
  | Carry<'copy'>;

const words = (list: string): readonly string[] => list.split(' ');
const PLACES = words('path file_path filepath filePath file filename fileName');
const CONTENTS = words('content contents text data body file_text fileText new_content newContent');
const ORIGINS = words('source src from old_path oldPath source_path sourcePath');
const SOURCES = [...ORIGINS, 'path'];
const DESTINATIONS = words('destination dest dst new_path newPath destination_path destinationPath');
const TARGETS = [...DESTINATIONS, 'target', 'to'];
const OLD = words('oldText old_text old_string oldString old_str oldStr search');
const NEW = words('newText new_text new_string newString new_str newStr replace');
const WRITE = new Set(words('write create save put store update overwrite replace set make touch generate edit'));
const DELETE = new Set(words('delete remove unlink erase rm'));
/** Beside one of these a path is one of another machine, or of an archive. */
const ELSEWHERE = words(
  'owner repo repository bucket host hostname url database project_id projectId container image ref',
);

/** The act on one file that these leaves (JSON pointer → text) ask for; null when they ask for none, or for one that is not known here. */
export function fileAct(tool: string, leaves: Leaves): FileAct | null {
  if (ELSEWHERE.some((name) => leaves.has(`/${name}`))) return null;
  const verbs = nameWords(tool);
  const says = (set: ReadonlySet<string>) => verbs.some((verb) => set.has(verb));
  const [source, target] = [pointer(leaves, SOURCES), pointer(leaves, TARGETS)];
  if (source !== undefined && target !== undefined && source !== target) {
    if (verbs.includes('copy')) return { act: 'copy', place: source, to: target };
    if (verbs.includes('move') || verbs.includes('rename')) return { act: 'move', place: source, to: target };
  }
  const place = pointer(leaves, PLACES);
  if (place === undefined) return null;
  const edits = editsIn(leaves);
  if (edits.length > 0)
    return { act: 'edit', place, edits, all: isTrue(leaves, 'replace_all') || isTrue(leaves, 'replaceAll') };
  const content = pointer(leaves, CONTENTS);
  if (content !== undefined) {
    const text = leaves.get(content) ?? '';
    const appends = verbs.includes('append') || leaves.get('/mode') === 'append' || isTrue(leaves, 'append');
    if (appends) return { act: 'append', place, content, text };
    return says(WRITE) ? { act: 'write', place, content, text } : null;
  }
  return says(DELETE) ? { act: 'delete', place } : null;
}

/**
 * The places (JSON pointers) of a call that moves or copies some to others, alone or in lists, whatever it is called; none
 * for any other. A mere path is moved only to a destination: "to" and "target" say more than that.
 */
export function carriedPlaces(leaves: Leaves): ReadonlySet<string> {
  const places = [...leaves.keys()].map((place) => ({ place, name: nameAt(place).replace(/s$/, '') }));
  const named = (names: readonly string[]) =>
    places.filter(({ name }) => names.includes(name)).map(({ place }) => place);
  const targets = named(TARGETS);
  const sources = named(named(DESTINATIONS).length > 0 ? SOURCES : ORIGINS);
  return new Set(sources.length > 0 && targets.length > 0 ? [...sources, ...targets] : []);
}

/** Longer texts are not made: an edit can double what the one before it left. */
const LONGEST = 4_000_000;
/** Characters of the text times characters that are looked for: finding one text in another can take as many steps. */
const MOST_STEPS = 2_000_000_000;
/** Taking a text apart and putting it together again, as if so many characters were looked for. */
const LEAST = 100;

/**
 * The text after the edits, one after the other; or the first, from 1, whose text is not there word for word; or null
 * where making it would take too long.
 */
export function editedText(
  text: string,
  edits: readonly Edit[],
  all: boolean,
): string | { readonly unfit: number } | null {
  let now = text;
  let steps = MOST_STEPS;
  for (const [index, { old, new: by }] of edits.entries()) {
    steps -= now.length * Math.max(old.length, LEAST);
    if (steps < 0) return null;
    if (old === '' || !now.includes(old)) return { unfit: index + 1 };
    const places = all ? now.split(old).length - 1 : 1;
    if (now.length + places * by.length > LONGEST) return null;
    now = all ? now.replaceAll(old, () => by) : now.replace(old, () => by);
  }
  return now;
}

function editsIn(leaves: Leaves): Edit[] {
  const own = editAt(leaves, '');
  if (own !== null) return [own];
  const found: Edit[] = [];
  for (const list of ['edits', 'changes', 'replacements']) {
    for (let at = 0; ; at += 1) {
      const edit = editAt(leaves, `/${list}/${at}`);
      if (edit === null) break;
      found.push(edit);
    }
  }
  return found;
}

function editAt(leaves: Leaves, base: string): Edit | null {
  const value = (names: readonly string[]) =>
    names.map((name) => leaves.get(`${base}/${name}`)).find((text) => text !== undefined);
  const [old, by] = [value(OLD), value(NEW)];
  return old === undefined || by === undefined ? null : { old, new: by };
}

function pointer(leaves: Leaves, names: readonly string[]): string | undefined {
  const found = names.find((name) => leaves.has(`/${name}`));
  return found === undefined ? undefined : `/${found}`;
}
