import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import type { CallFacts } from '../../core/gate/facts.ts';
import type { ArgumentsNode } from './callFacts.ts';
import type { CallRoad } from './road.ts';

type Looked = CallFacts | Refusal;

/** The facts of these arguments, at once when no path has to be followed; a refusal when they are more than can be. */
export function lookAt(road: CallRoad, args: ArgumentsNode): Looked | Promise<Looked> {
  const found = road.deps.findFacts(args, road.folders());
  if (!(found instanceof Promise)) return found;
  return found.catch((error: unknown) => {
    if (error instanceof Refused) return error.refusal;
    throw error;
  });
}

/** Follows the paths again: a link that moved while a person read is not what was approved (SECURITY.md, incident 5). */
export async function pathsMoved(road: CallRoad, args: ArgumentsNode, before: CallFacts): Promise<Refusal | null> {
  const now = await lookAt(road, args);
  if ('code' in now) return now;
  const places = ({ within, real }: CallFacts['places']) => JSON.stringify([within, [...real]]);
  const same = places(now.places) === places(before.places);
  return same ? null : refusal('ASK_CHANGED', 'its paths lead elsewhere by now');
}
