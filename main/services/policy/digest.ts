/** What an approval of policies, and of calls under them, binds to. */
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import type { PolicySource } from './ports.ts';

/** Digest (`sha256:…`) of these files' names and texts and of the schema that gives them their meaning. */
export function filesDigest(files: readonly PolicySource[], sha256: (text: string) => string): string {
  return `sha256:${sha256(JSON.stringify([CEDAR_SCHEMA, files.map(({ file, text }) => [file, text])]))}`;
}
