/** Where a call came from, as far as the client reveals it (PRODUCT.md L1). */
import { z } from 'zod';
import { id } from './names.ts';

/** How something became known. Nothing is ever inferred from `clientInfo`. */
export const revealedBy = z.enum(['client_meta', 'hook', 'transcript', 'otel', 'user', 'unknown']);

/** Which model called. */
export const revealedModel = z.object({ value: z.string().max(200), source: revealedBy });

/** What the person had asked for: the record that holds the words, so that dropping payloads drops them. */
export const revealedPrompt = z.object({ record: id, source: revealedBy });

/** Ids that others gave the call, by their names: what joins it to their logs. */
export const foreignIds = z.record(z.string().max(80), z.string().max(200));

/** What a hook in a client says: a prompt that was typed, or a tool that is about to be used. */
export const hookNews = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prompt'), conversation: z.string().min(1).max(200), prompt: z.string().max(100_000) }),
  z.object({
    kind: z.literal('tool'),
    conversation: z.string().min(1).max(200),
    toolUse: z.string().min(1).max(200),
    model: z.object({ value: z.string().min(1).max(200), source: revealedBy }).optional(),
  }),
]);
export type HookNews = z.infer<typeof hookNews>;
