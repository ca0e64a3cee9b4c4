/** Tools: what a server offers, what a person reviewed, and how risky a call is. */
import { z } from 'zod';
import { digest, name } from './names.ts';

/** By impact, least first (PRODUCT.md Y3). What nobody reviewed is `external`. */
export const TOOL_CLASSES = ['read', 'read-sensitive', 'write', 'external'] as const;
export const toolClass = z.enum(TOOL_CLASSES);
export type ToolClass = z.infer<typeof toolClass>;

/** MCP ToolAnnotations with the specification's defaults filled in. */
export const effectiveAnnotations = z.object({
  readOnlyHint: z.boolean(),
  destructiveHint: z.boolean(),
  idempotentHint: z.boolean(),
  openWorldHint: z.boolean(),
});
export type EffectiveAnnotations = z.infer<typeof effectiveAnnotations>;

export const toolFinding = z.object({
  id: z.string(),
  message: z.string(),
  /** JSON pointer into the definition. */
  pointer: z.string(),
  /** Where in that string it is, or in the last key of the pointer, in UTF-16 code units; absent in reviews of older daemons. */
  span: z.object({ of: z.enum(['value', 'key']), start: z.int(), length: z.int() }).optional(),
  /** What is there, cut to a length that can be read, with what stands around it. */
  quote: z.object({ before: z.string(), found: z.string(), after: z.string() }).optional(),
});
export type ToolFinding = z.infer<typeof toolFinding>;

/**
 * What a server says of itself, each pinned by its own digest: what it offers, the words for models it sends along with
 * its greeting (MCP: `instructions`), and what it calls itself (MCP: `serverInfo`).
 */
export const DEFINITION_KINDS = ['tool', 'prompt', 'template', 'instructions', 'identity'] as const;
export const definitionKind = z.enum(DEFINITION_KINDS);
export type DefinitionKind = z.infer<typeof definitionKind>;

/** `accepted`: pinned as it is now. `new` and `changed` are held back. */
export const toolState = z.enum(['accepted', 'new', 'changed', 'gone']);
export type ToolState = z.infer<typeof toolState>;

export const definitionReview = z.object({
  server: name,
  kind: definitionKind,
  /** Of a template its `uriTemplate`; of instructions and identity, which a server has once, the kind. */
  name: z.string(),
  state: toolState,
  /** Of the definition the server sends now. */
  digest: digest,
  /** The definition the server sends now, as JSON text. */
  definition: z.string(),
  /** The reviewed definition when it differs. */
  pinned: z.string().nullable(),
  /** Null until it was accepted. Only a tool has a class to choose: the rest is `read-sensitive`. */
  class: toolClass.nullable(),
  proposed: toolClass,
  reasons: z.array(z.string()),
  /** What each difference from the reviewed definition could mean: a sentence each, ours. */
  meaning: z.array(z.string()),
  findings: z.array(toolFinding),
});
export type DefinitionReview = z.infer<typeof definitionReview>;

/** A person's choice for one definition, bound to the digest that was shown. */
export const definitionAcceptance = z.object({
  kind: definitionKind.default('tool'),
  name: z.string(),
  digest: digest,
  class: toolClass,
});
export type DefinitionAcceptance = z.input<typeof definitionAcceptance>;

/** `2 tools, 1 prompt and the instructions`, of what these are. */
export function definitionsWords(kinds: readonly DefinitionKind[]): string {
  const parts = DEFINITION_KINDS.flatMap((kind) => {
    const n = kinds.filter((one) => one === kind).length;
    if (n === 0) return [];
    if (kind === 'instructions' || kind === 'identity') return [`the ${kind}`];
    return [`${n.toLocaleString()} ${KIND_NOUNS[kind]}${n === 1 ? '' : 's'}`];
  });
  const last = parts.pop() ?? 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

const KIND_NOUNS = { tool: 'tool', prompt: 'prompt', template: 'resource template' } as const;
