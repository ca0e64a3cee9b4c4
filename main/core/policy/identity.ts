/** Who a client says or seems to be may narrow what is allowed, never widen it (SECURITY.md rule 6). */
import type { Policy } from './policy.ts';

/** True for a permit that hangs on the client program: whoever fakes the program would gain by it. */
export function widensByClient(policy: Policy): boolean {
  return policy.effect === 'permit' && mentionsClient(policy.json);
}

function mentionsClient(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, entity_type } = node as { type?: unknown; entity_type?: unknown };
  return type === 'Client' || entity_type === 'Client' || Object.values(node).some(mentionsClient);
}
