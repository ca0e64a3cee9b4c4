/** What is known of a call's arguments before it is judged: what they say, and where their paths lead. */
import { Refused } from '../../contract/errors.ts';
import type { CallFacts, FactNode } from '../../core/gate/facts.ts';
import { factsOf } from '../../core/gate/facts.ts';
import { carriedPlaces } from '../../core/gate/fileActs.ts';
import { pathTexts } from '../../core/gate/pathTexts.ts';
import { NOWHERE, placeFacts } from '../../core/gate/placeFacts.ts';
import type { GroupsOf } from '../../core/gate/protected.ts';
import type { PathFacts } from './ports.ts';

/** More are not followed in the time a call may wait. */
const MAX_PATHS = 1000;
/** Characters of every folder above them: policy compares by folder. */
const MAX_FOLDERS = 8_000_000;
/** More are not looked through in the time that every other call may wait. */
const MAX_VALUES = 50_000;
/** Characters of their JSON pointers: the name of a list stands in that of each of its values. */
const MAX_POINTERS = 4_000_000;

/** A call's `arguments`, as read from its line with their place in it; null when it carries none. */
export type ArgumentsNode = (FactNode & { readonly start: number; readonly end: number }) | null;

/**
 * The facts of arguments; `folders` are those that the server may take relative paths from. Only arguments that hold paths
 * make it wait.
 * Rejects with `Refused('ARGUMENTS_INVALID')` for more, or longer ones, than can be looked through or followed.
 */
export type FindFacts = (node: ArgumentsNode, folders: readonly string[]) => CallFacts | Promise<CallFacts>;

export function findFacts(paths: PathFacts, groupsOf: GroupsOf): FindFacts {
  return (node, folders) => {
    const unread = node === null ? null : tooMany(node);
    if (unread !== null) return unusable(unread);
    const facts = factsOf(node);
    const texts = pathTexts(facts.leaves);
    if (texts.length === 0) return { ...facts, places: NOWHERE };
    if (texts.length > MAX_PATHS) return unusable(`more than ${MAX_PATHS} paths cannot be followed`);
    if (isThroughTooMany(texts.map(({ text }) => text))) return unusable(TOO_MANY_FOLDERS);
    return paths.resolve(texts, folders).then((leads) => {
      // A relative path may be meant from each of many folders, and a link may lead through many more.
      const found = new Set(leads.flatMap(({ written, real }) => [...written, ...real]));
      if (isThroughTooMany([...found])) return unusable(TOO_MANY_FOLDERS);
      return { ...facts, places: placeFacts(leads, groupsOf, carriedPlaces(facts.leaves)) };
    });
  };
}

const TOO_MANY_FOLDERS = 'paths through so many folders cannot be followed';

function isThroughTooMany(paths: readonly string[]): boolean {
  return paths.reduce((sum, path) => sum + foldersAbove(path), 0) > MAX_FOLDERS;
}

function unusable(why: string): Promise<never> {
  return Promise.reject(new Refused('ARGUMENTS_INVALID', why));
}

/** Characters of all folders above a path, about. */
function foldersAbove(path: string): number {
  return (path.length * path.split(/[/\\]/).length) / 2;
}

/** Why these arguments cannot be looked through; null when they can. Counting ends where that is known. */
function tooMany(node: FactNode): string | null {
  let values = 0;
  let pointers = 0;
  const fits = (part: FactNode, pointer: number): boolean => {
    values += 1;
    pointers += pointer;
    if (values > MAX_VALUES || pointers > MAX_POINTERS) return false;
    if (part.kind === 'object') return part.members.every(({ key, value }) => fits(value, pointer + 1 + key.length));
    if (part.kind === 'array') return part.items.every((item, index) => fits(item, pointer + 1 + `${index}`.length));
    return true;
  };
  if (fits(node, 0)) return null;
  if (values > MAX_VALUES) return `more than ${MAX_VALUES} values cannot be looked through`;
  return 'so many values under such long names cannot be looked through';
}
