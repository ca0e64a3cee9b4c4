/**
 * The schemas of refusals, for what crosses a boundary. The list itself is in `errorCodes.ts`, which needs no schema
 * library; the schemas are marked pure so that a bundle that uses only the list leaves the library out.
 */
import { z } from 'zod';
import { ERRORS, type ErrorCode } from './errorCodes.ts';
import type { Refusal } from './refusal.ts';

export { ERRORS, type ErrorCode } from './errorCodes.ts';
export { type Refusal, Refused, refusal, refusalText } from './refusal.ts';

const codes = /* @__PURE__ */ Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
export const errorCode = /* @__PURE__ */ z.enum(codes);
const text = /* @__PURE__ */ z.string();
const detail = /* @__PURE__ */ z.optional(text);

/** A `Refusal` as it crosses a boundary. */
export const refusalSchema = /* @__PURE__ */ z.object({
  code: errorCode,
  message: text,
  fix: text,
  detail,
}) satisfies z.ZodType<Refusal>;
