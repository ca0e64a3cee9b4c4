/** A tool's definition: its whole object as the server sent it, read strictly. */
import { canonicalJson } from '../ledger/canonical.ts';
import type { JsonNode } from '../mcp/strict.ts';
import { readStrict, toValue } from '../mcp/strict.ts';

export interface Definition {
  readonly name: string;
  readonly node: JsonNode;
  readonly value: Readonly<Record<string, unknown>>;
  /** RFC 8785 form of the whole object: what the digest of a pin is taken over. */
  readonly canonical: string;
}

/**
 * The definition in these bytes; null when they cannot be read strictly, are no object or have no name (MCP: Tool).
 * Everything in it counts, known to the specification or not: what a client shows its model may be any of it.
 */
export function readDefinition(bytes: Uint8Array): Definition | null {
  const read = readStrict(bytes);
  if (!read.ok || read.node.kind !== 'object') return null;
  const value = toValue(read.node) as Record<string, unknown>;
  const { name } = value;
  if (typeof name !== 'string') return null;
  try {
    return { name, node: read.node, value, canonical: canonicalJson(value) };
  } catch {
    // A number too large for a double has no canonical form.
    return null;
  }
}
