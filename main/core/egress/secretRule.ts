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

/** Where the rule finds a secret at the keyword that begins at `start`: from, up to. */
export function matchAt(rule: SecretRule, text: string, start: number): readonly [number, number] | null {
  if (rule.wholeWord === true && start > 0 && /\w/.test(text.charAt(start - 1))) return null;
  rule.pattern.lastIndex = start;
  const match = rule.pattern.exec(text);
  const span = match?.indices?.[1] ?? match?.indices?.[0];
  if (!span) return null;
  const secret = text.slice(...span);
  if (rule.entropy !== undefined && entropy(secret) < rule.entropy) return null;
  return rule.except?.(secret) === true ? null : span;
}
