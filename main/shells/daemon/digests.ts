import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hexadecimal. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** SHA-256 as `sha256:…`. */
export const digest = (bytes: Uint8Array): string => `sha256:${sha256(bytes)}`;
