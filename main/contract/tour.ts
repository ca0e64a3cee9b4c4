/** The guided tour and the demo: the same story with the same real server. */
import { z } from 'zod';

export const TOUR_STEPS = [
  'consent',
  'review',
  'read',
  'write-denied',
  'write-approved',
  'audit',
  'verify',
  'tamper',
] as const;
export const tourStep = z.enum(TOUR_STEPS);
export type TourStep = z.infer<typeof tourStep>;

export const tourState = z.object({
  folder: z.string().nullable(),
  server: z.string().nullable(),
  steps: z.array(
    z.object({
      step: tourStep,
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      /** What is about to happen, in a sentence. */
      title: z.string(),
      /** What was seen, once done. */
      outcome: z.string().nullable(),
    }),
  ),
});
export type TourState = z.infer<typeof tourState>;
