import type { JsonNode } from '../../core/mcp/strict.ts';
import { readStrict } from '../../core/mcp/strict.ts';

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/** The member of this name; undefined when there is none. */
export function member(node: ObjectNode, key: string): JsonNode | undefined {
  return node.members.find((one) => one.key === key)?.value;
}

/** The params of a message, read strictly all the way down; undefined when absent, not an object, or ambiguous. */
export function readParams(line: Uint8Array, span: { start: number; end: number } | null): ObjectNode | undefined {
  if (!span) return undefined;
  const read = readStrict(line, { start: span.start, end: span.end });
  return read.ok && read.node.kind === 'object' ? read.node : undefined;
}

/** A string member's value; undefined when it is absent or not a string. */
export function text(node: ObjectNode | undefined, key: string): string | undefined {
  const value = node && member(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

/** An object member. */
export function object(node: ObjectNode | undefined, key: string): ObjectNode | undefined {
  const value = node && member(node, key);
  return value?.kind === 'object' ? value : undefined;
}

/** The exact JSON text of a node. */
export function jsonText(line: Uint8Array, node: JsonNode): string {
  return new TextDecoder().decode(line.subarray(node.start, node.end));
}
