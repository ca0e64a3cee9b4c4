import type { AskSubject } from '../../contract/ask.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';

/** SHA-256 of bytes as `sha256:…`. */
export type Hash = (bytes: Uint8Array) => string;

/**
 * What an answer binds to: the ask, everything it showed, and the policy in force when it was asked
 * (SECURITY.md, prompt rule 3). Over the RFC 8785 form, so both ends compute the same bytes.
 */
export function askHash(hash: Hash, id: string, subject: AskSubject, policyVersion: string): string {
  return hash(new TextEncoder().encode(canonicalJson({ id, subject, policyVersion })));
}
