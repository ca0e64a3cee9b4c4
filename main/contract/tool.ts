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

/** `accepted`: pinned as it is now. `new` and `changed` are held back. */
export const toolState = z.enum(['accepted', 'new', 'changed', 'gone']);
export type ToolState = z.infer<typeof toolState>;

export const toolReview = z.object({
  server: name,
  name: z.string(),
  state: toolState,
  /** Of the definition the server sends now. */
  digest: digest,
  /** The definition the server sends now, as JSON text. */
  definition: z.string(),
  /** The reviewed definition when it differs. */
  pinned: z.string().nullable(),
  class: toolClass.nullable(),
  proposed: toolClass,
  reasons: z.array(z.string()),
  findings: z.array(toolFinding),
});
export type ToolReview = z.infer<typeof toolReview>;

/** A person's choice for one tool, bound to the digest that was shown. */
export const toolAcceptance = z.object({ name: z.string(), digest: digest, class: toolClass });
export type ToolAcceptance = z.infer<typeof toolAcceptance>;
