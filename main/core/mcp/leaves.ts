/** A value as its leaves, each under its JSON pointer: how arguments are shown and how facts are taken from them. */
import type { JsonNode } from './strict.ts';

export interface PointedLeaf {
  /** JSON pointer (RFC 6901) from the value that was walked; empty for that value itself. */
  readonly pointer: string;
  /** A scalar, or an empty object or array. */
  readonly node: JsonNode;
}

/** The leaves in the order in which they are written; an empty container counts as one, so that nothing goes unseen. */
export function pointerLeaves(node: JsonNode): PointedLeaf[] {
  const leaves: PointedLeaf[] = [];
  walk(node, '', leaves);
  return leaves;
}

function walk(node: JsonNode, pointer: string, leaves: PointedLeaf[]): void {
  if (node.kind === 'object' && node.members.length > 0) {
    for (const { key, value } of node.members) walk(value, `${pointer}/${escapeToken(key)}`, leaves);
  } else if (node.kind === 'array' && node.items.length > 0) {
    for (const [place, item] of node.items.entries()) walk(item, `${pointer}/${place}`, leaves);
  } else leaves.push({ pointer, node });
}

function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
