/** Shapes of names and ids that cross every boundary. */
import { z } from 'zod';

/** A server's or a secret's name as a person types it. */
export const name = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'has 1 to 64 of the characters A to Z, a to z, 0 to 9, dot, dash and underscore');

/** A UUIDv7 (RFC 9562): session, call, ask and record ids. */
export const id = z.uuid();

/** RFC 3339 UTC with microseconds, such as `2026-11-21T03:17:00.000123Z`; one that a clock could show. */
export const timestamp = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/);

/** A SHA-256 in lower-case hexadecimal, with its algorithm: `sha256:…`. */
export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** 32 bytes, base64: a key, a nonce, a SHA-256. */
export const bytes32 = z.base64().length(44);
