/**
 * The first rule table, surest rules first. Formats are facts published by the providers; gitleaks (MIT) collects most
 * of them. Every pattern is tried at its keyword and repeats a bounded number of times, so searching takes linear time.
 */
import { NAMED_RULES } from './namedRules.ts';
import type { SecretRule } from './secretRule.ts';
import { SHAPED_RULES } from './shapedRules.ts';
import { TOKEN_RULES } from './tokenRules.ts';

export const SECRET_RULES: readonly SecretRule[] = [...TOKEN_RULES, ...NAMED_RULES, ...SHAPED_RULES];
