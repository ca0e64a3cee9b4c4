/** What a server says of itself, one part of it as it was sent, read strictly. */
import type { DefinitionKind } from '../../contract/tool.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import type { JsonNode } from '../mcp/strict.ts';
import { readStrict, toValue } from '../mcp/strict.ts';

export interface Definition {
  readonly name: string;
  readonly node: JsonNode;
  readonly value: unknown;
  /** The members of the object that it is; none of instructions, which are a text. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** RFC 8785 form of the whole value: what the digest of a pin is taken over. */
  readonly canonical: string;
}

/** Nobody reviews more of one thing, and all of it is looked through. */
const MOST_BYTES = 1024 * 1024;

/**
 * The definition in these bytes; null when they cannot be read strictly, or are not of this kind (MCP: Tool, Prompt,
 * ResourceTemplate, Implementation, and a string for `instructions`). Everything in it counts, known to the
 * specification or not: what a client shows its model may be any of it.
 */
export function readDefinition(kind: DefinitionKind, bytes: Uint8Array): Definition | null {
  if (bytes.length > MOST_BYTES) return null;
  const read = readStrict(bytes);
  if (!read.ok || read.node.kind !== (kind === 'instructions' ? 'string' : 'object')) return null;
  const value = toValue(read.node);
  const fields = typeof value === 'string' ? {} : (value as Record<string, unknown>);
  const name = nameOf(kind, fields);
  if (typeof name !== 'string') return null;
  try {
    return { name, node: read.node, value, fields, canonical: canonicalJson(value) };
  } catch {
    // A number too large for a double has no canonical form.
    return null;
  }
}

function nameOf(kind: DefinitionKind, fields: Readonly<Record<string, unknown>>): unknown {
  switch (kind) {
    case 'tool':
    case 'prompt':
      return fields.name;
    case 'template':
      return fields.uriTemplate;
    case 'instructions':
    case 'identity':
      return kind;
  }
}
