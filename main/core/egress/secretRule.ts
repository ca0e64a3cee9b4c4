/** One rule of the table: where to look, and what is a secret there. */
import { entropy } from './entropy.ts';

export interface SecretRule {
  /** What is shown where something was masked. */
  readonly id: string;
  /** Words of which one must be in the text; the pattern is tried where it begins. Case is ignored. */
  readonly keywords: readonly string[];
  /** Sticky, with indices, every repetition bounded. Group 1, or the whole match, is the secret. */
  readonly pattern: RegExp;
  /** Least entropy of the secret in bits per code unit. */
  readonly entropy?: number;
  /** Sticky. Where it matches at a keyword the pattern cannot, which spares the longer look; in JSON as in the text. */
  readonly never?: RegExp;
  /** A keyword that begins inside a longer word does not count. */
  readonly wholeWord?: boolean;
  /** What only looks like a secret. */
  readonly except?: (secret: string) => boolean;
}

/** Start and end of what has the form of a secret whose keyword begins at `start`, or null. */
export function spanAt(rule: SecretRule, text: string, start: number): readonly [number, number] | null {
  if (rule.wholeWord === true && start > 0 && /\w/.test(text.charAt(start - 1))) return null;
  rule.pattern.lastIndex = start;
  const match = rule.pattern.exec(text);
  return match?.indices?.[1] ?? match?.indices?.[0] ?? null;
}

/** Whether what has the form of a secret may be one. */
export function isSecret(rule: SecretRule, secret: string): boolean {
  return (rule.entropy === undefined || entropy(secret) >= rule.entropy) && rule.except?.(secret) !== true;
}
