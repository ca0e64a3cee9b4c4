/** What is known of a call's arguments, for policies, for the prompt's sentence and for undoing. */
import type { PlaceFacts } from './placeFacts.ts';
import type { ArgumentSigns } from './signs.ts';
import { signsOf } from './signs.ts';

/**
 * The part of a strictly read JSON value (RFC 8259) that facts need; `JsonNode` of `core/mcp/strict.ts` fits it.
 * `text` is a number exactly as written, so that nothing beyond 2^53 is rounded on its way to a policy.
 */
export type FactNode =
  | { readonly kind: 'object'; readonly members: readonly { readonly key: string; readonly value: FactNode }[] }
  | { readonly kind: 'array'; readonly items: readonly FactNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'true' | 'false' | 'null' };

export interface ArgumentFacts {
  /**
   * JSON pointer (RFC 6901) → text of every string, number and boolean leaf; Cedar sees these as entity tags.
   * Null and empty containers have no text, so they have no leaf.
   */
  readonly leaves: ReadonlyMap<string, string>;
  /** Length of the arguments as they were sent, in bytes. */
  readonly bytes: number;
  readonly signs: ArgumentSigns;
}

/** With what only the machine knows: where paths lead. */
export interface CallFacts extends ArgumentFacts {
  readonly places: PlaceFacts;
}

/** The facts of a call's `arguments`, as read from the line with their place in it; null when the call carries none. */
export function factsOf(node: (FactNode & { readonly start: number; readonly end: number }) | null): ArgumentFacts {
  const leaves = new Map<string, string>();
  if (node !== null) collect(node, '', leaves);
  return { leaves, bytes: node === null ? 0 : node.end - node.start, signs: signsOf(leaves) };
}

/** One step of a JSON pointer, escaped (RFC 6901, section 3). */
export function pointerStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function collect(node: FactNode, pointer: string, leaves: Map<string, string>): void {
  switch (node.kind) {
    case 'object':
      for (const { key, value } of node.members) collect(value, `${pointer}/${pointerStep(key)}`, leaves);
      return;
    case 'array':
      node.items.forEach((item, index) => {
        collect(item, `${pointer}/${index}`, leaves);
      });
      return;
    case 'string':
      leaves.set(pointer, node.value);
      return;
    case 'number':
      leaves.set(pointer, node.text);
      return;
    case 'true':
    case 'false':
      leaves.set(pointer, node.kind);
      return;
    case 'null':
      return;
  }
}
