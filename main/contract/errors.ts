/** The schemas of refusals, for what crosses a boundary; the list itself is in `refusal.ts`, which needs no schema library. */
import { z } from 'zod';
import { ERRORS, type ErrorCode, type Refusal } from './refusal.ts';

export { ERRORS, type ErrorCode, type Refusal, Refused, refusal, refusalText } from './refusal.ts';

export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** A `Refusal` as it crosses a boundary. */
export const refusalSchema = z.object({
  code: errorCode,
  message: z.string(),
  fix: z.string(),
  detail: z.string().optional(),
}) satisfies z.ZodType<Refusal>;
