/** How a proposed set of policies differs from the one in force. */
import type { Policy } from './policy.ts';
import { policyIdentity } from './policy.ts';

export interface PolicyChange {
  /** Forbids the proposal adds: these only tighten, so they need nobody's leave (SECURITY.md rule 1). */
  readonly forbids: readonly Policy[];
  /** Whether it does more than add forbids: drops a policy or adds a permit. */
  readonly loosens: boolean;
}

/** Compares what the policies say, not how the files are laid out. */
export function policyChange(inForce: readonly Policy[], proposed: readonly Policy[]): PolicyChange {
  const left = count(inForce);
  const added = proposed.filter((policy) => {
    const identity = policyIdentity(policy);
    const known = left.get(identity) ?? 0;
    if (known > 0) left.set(identity, known - 1);
    return known === 0;
  });
  const dropped = [...left.values()].some((times) => times > 0);
  return {
    forbids: added.filter(({ effect }) => effect === 'forbid'),
    loosens: dropped || added.some(({ effect }) => effect === 'permit'),
  };
}

function count(policies: readonly Policy[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const policy of policies) counted.set(policyIdentity(policy), (counted.get(policyIdentity(policy)) ?? 0) + 1);
  return counted;
}
