import { capital, type Leaves, someOf } from './effectWords.ts';
import { nameWords } from './verbs.ts';

const LABELS = ['name', 'entityName', 'title', 'path', 'id', 'key'];

/** A verb on the things of the one list among the arguments: how many, and the first by name; null when there is not exactly one, or its things have no names. */
export function listEffect(tool: string, leaves: Leaves, verb: string | undefined): string | null {
  if (verb === undefined) return null;
  const lists = new Map<string, Map<string, Map<string, string>>>();
  for (const [pointer, text] of leaves) {
    const [, list, at, rest] = /^\/([^/]+)\/(\d+)(?:\/(.+))?$/s.exec(pointer) ?? [];
    if (list === undefined || at === undefined) continue;
    const things = lists.get(list) ?? new Map<string, Map<string, string>>();
    lists.set(list, things);
    things.set(at, (things.get(at) ?? new Map<string, string>()).set(rest ?? '', text));
  }
  const [only, more] = [...lists.values()];
  if (only === undefined || more !== undefined) return null;
  const things = [...only.values()];
  const noun = nameWords(tool)
    .slice(nameWords(tool).indexOf(verb) + 1)
    .join(' ');
  const inner = things.flatMap((thing) => [...thing.keys()]).filter((key) => innerOf(key, noun));
  const count = inner.length > 0 ? inner.length : things.length;
  const names = things.map(labelOf).filter((label) => label !== undefined);
  if (names.length === 0) return null;
  const what = `${capital(verb)} ${count} ${noun === '' ? (count === 1 ? 'thing' : 'things') : count === 1 ? singular(noun) : noun}`;
  return `${what}${inner.length > 0 ? ' of' : ':'} ${someOf(names)}`;
}

/** Things inside of each thing that the tool is named for: observations of an entity. */
function innerOf(key: string, noun: string): boolean {
  const list = /^([^/]+)\/\d+$/.exec(key)?.[1]?.toLowerCase();
  return list !== undefined && (list === noun || (list === 'contents' && noun !== ''));
}

function labelOf(thing: ReadonlyMap<string, string>): string | undefined {
  const [from, to] = [thing.get('from'), thing.get('to')];
  if (from !== undefined && to !== undefined) return `${from} → ${to}`;
  return thing.get('') ?? LABELS.map((name) => thing.get(name)).find((label) => label !== undefined);
}

const singular = (noun: string) => noun.replace(/ies$/, 'y').replace(/s$/, '');
