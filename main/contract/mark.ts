/**
 * The mark of this installation (SECURITY.md, prompt rule 8): two words and a small picture, made at random at the first
 * start and drawn in every prompt. A window that only looks like ours does not know it.
 */
import { z } from 'zod';

export const promptMark = z.object({
  words: z.tuple([z.string(), z.string()]),
  /** What the picture is drawn from: eight numbers below 256. */
  seed: z.array(z.int().min(0).max(255)).length(8),
});
export type PromptMark = z.infer<typeof promptMark>;
