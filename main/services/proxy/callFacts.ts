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
/** More are not looked through in the time that every other call may wait. */
const MAX_VALUES = 50_000;

/** A call's `arguments`, as read from its line with their place in it; null when it carries none. */
export type ArgumentsNode = (FactNode & { readonly start: number; readonly end: number }) | null;

/**
 * The facts of arguments; `folders` are those that the server may take relative paths from. Only arguments that hold paths
 * make it wait.
 * Rejects with `Refused('ARGUMENTS_INVALID')` for more values than can be looked through, or paths than can be followed.
 */
export type FindFacts = (node: ArgumentsNode, folders: readonly string[]) => CallFacts | Promise<CallFacts>;

export function findFacts(paths: PathFacts, groupsOf: GroupsOf): FindFacts {
  return (node, folders) => {
    if (node !== null && valuesLeft(node, MAX_VALUES) < 0)
      return Promise.reject(
        new Refused('ARGUMENTS_INVALID', `more than ${MAX_VALUES} values cannot be looked through`),
      );
    const facts = factsOf(node);
    const texts = pathTexts(facts.leaves);
    if (texts.length === 0) return { ...facts, places: NOWHERE };
    if (texts.length > MAX_PATHS)
      return Promise.reject(new Refused('ARGUMENTS_INVALID', `more than ${MAX_PATHS} paths cannot be followed`));
    return paths
      .resolve(texts, folders)
      .then((leads) => ({ ...facts, places: placeFacts(leads, groupsOf, carriedPlaces(facts.leaves)) }));
  };
}

/** What is left of `most` when every value in `node` is counted; counting ends where nothing is left. */
function valuesLeft(node: FactNode, most: number): number {
  const inside =
    node.kind === 'object' ? node.members.map(({ value }) => value) : node.kind === 'array' ? node.items : [];
  let left = most - 1;
  for (const value of inside) {
    if (left < 0) return left;
    left = valuesLeft(value, left);
  }
  return left;
}
