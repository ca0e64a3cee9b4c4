import type { FactNode } from '../gate/facts.ts';
import { pointerStep } from '../gate/facts.ts';

/** A string of a definition, or a key of it. */
export interface Text {
  readonly text: string;
  readonly of: 'value' | 'key';
  readonly keys: readonly string[];
}

/** Every string and key of a definition, in the order in which it has them. */
export function* textsOf(node: FactNode, keys: readonly string[] = []): Generator<Text> {
  if (node.kind === 'string') yield { text: node.value, of: 'value', keys };
  else if (node.kind === 'array')
    for (const [index, item] of node.items.entries()) yield* textsOf(item, [...keys, String(index)]);
  else if (node.kind === 'object')
    for (const { key, value } of node.members) {
      const inside = [...keys, key];
      yield { text: key, of: 'key', keys: inside };
      yield* textsOf(value, inside);
    }
}

/** The JSON pointer (RFC 6901) of what these keys lead to. */
export function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${pointerStep(key)}`).join('');
}
