/** The verdict is a value (STYLE.md 9): decision, rule, reason, decider. */
import { z } from 'zod';
import { errorCode } from './errors.ts';
import { id } from './names.ts';

export const ruleRef = z.object({
  /** The policy's `@id`, or the gate's own rule such as `gate/held-tool`. */
  id: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
});
export type RuleRef = z.infer<typeof ruleRef>;

export const verdict = z.object({
  decision: z.enum(['allow', 'ask', 'deny']),
  /** How many approvals the policy wants before it allows: 0, 1 or 2. */
  approvals: z.int().min(0).max(2),
  rule: ruleRef,
  reason: z.string(),
  decider: z.enum(['gate', 'policy', 'grant', 'person']),
  /** The grant that decided, when one did. */
  grant: id.optional(),
  /** Set on deny. */
  code: errorCode.nullable(),
});
export type Verdict = z.infer<typeof verdict>;
