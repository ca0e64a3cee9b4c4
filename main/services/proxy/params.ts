import type { Span } from '../../core/mcp/members.ts';
import { type JsonNode, type JsonObject, readStrict } from '../../core/mcp/strict.ts';
import { decodeUtf8 } from '../../core/mcp/utf8.ts';

/** The member of this name; undefined when there is none. */
export function member(node: JsonObject, key: string): JsonNode | undefined {
  return node.members.find((one) => one.key === key)?.value;
}

/** The params of a message, read strictly all the way down; undefined when absent, not an object, or ambiguous. */
export function readParams(line: Uint8Array, span: Span | null): JsonObject | undefined {
  if (!span) return undefined;
  const read = readStrict(line, span);
  return read.ok && read.node.kind === 'object' ? read.node : undefined;
}

/** A string member's value; undefined when it is absent or not a string. */
export function text(node: JsonObject | undefined, key: string): string | undefined {
  const value = node && member(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

/** An object member. */
export function object(node: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = node && member(node, key);
  return value?.kind === 'object' ? value : undefined;
}

/** The exact JSON text of a node. */
export function jsonText(line: Uint8Array, node: JsonNode): string {
  return decodeUtf8(line, node.start, node.end);
}
