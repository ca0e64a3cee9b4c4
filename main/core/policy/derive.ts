/** From Cedar's answers to one verdict: how many approvals a call needs, and which rule says so. */
import type { RuleRef, Verdict } from '../../contract/verdict.ts';
import type { Policy } from './policy.ts';

/** Cedar's answer to one request; policies are numbers in the order in which they were loaded. */
export interface Evaluation {
  readonly allowed: boolean;
  readonly determining: readonly number[];
  /** Cedar skips a policy that errs, a forbid too; what it says of it stands here. */
  readonly errors: readonly { readonly policy: number | null; readonly message: string }[];
}

/** The rule shown when no policy speaks for a call. */
export const DEFAULT_DENY: RuleRef = { id: 'policy/default-deny', file: null, line: null };

/**
 * The smallest number of approvals, 0 to 2, with which the policies allow the call; none is a deny. Any error is a
 * deny with POLICY_ERROR, whatever Cedar decided. `policies` are in order of precedence: of several rules that say
 * the same the first is shown.
 */
export function deriveVerdict(policies: readonly Policy[], evaluate: (approvals: number) => Evaluation): Verdict {
  let before: readonly Policy[] = [];
  for (const approvals of [0, 1, 2] as const) {
    const { allowed, determining, errors } = evaluate(approvals);
    const error = errors[0];
    if (error !== undefined) return erred(error.policy === null ? undefined : policies[error.policy], error.message);
    const rules = [...determining].sort((a, b) => a - b).flatMap((number) => policies[number] ?? []);
    if (allowed) return approvals === 0 ? allow(rules) : ask(approvals, rules, before);
    before = rules;
  }
  const rule = before[0];
  return {
    decision: 'deny',
    approvals: 0,
    rule: rule === undefined ? DEFAULT_DENY : refer(rule),
    reason:
      rule === undefined ? 'No policy allows this call.' : (rule.reason ?? `The rule ${rule.id} forbids this call.`),
    decider: 'policy',
    code: 'POLICY_DENIED',
  };
}

/** The verdict when policy could not be asked at all: always a deny. */
export function policyError(message: string, rule: RuleRef = { id: 'policy/error', file: null, line: null }): Verdict {
  return { decision: 'deny', approvals: 0, rule, reason: message, decider: 'policy', code: 'POLICY_ERROR' };
}

function allow(rules: readonly Policy[]): Verdict {
  const rule = rules[0];
  if (rule === undefined) return policyError('Cedar allowed the call without naming a policy.');
  return {
    decision: 'allow',
    approvals: 0,
    rule: refer(rule),
    reason: rule.reason ?? `The rule ${rule.id} allows this call.`,
    decider: 'policy',
    code: null,
  };
}

/** Shown is a forbid that this many approvals lifted, or else the permit that came to apply. */
function ask(approvals: 1 | 2, rules: readonly Policy[], before: readonly Policy[]): Verdict {
  const rule = before.find(({ effect }) => effect === 'forbid') ?? rules[0];
  if (rule === undefined) return policyError('Cedar allowed the call without naming a policy.');
  const people = approvals === 1 ? 'one approval' : 'the approval of two people';
  return {
    decision: 'ask',
    approvals,
    rule: refer(rule),
    reason: rule.reason ?? `The rule ${rule.id} wants ${people}.`,
    decider: 'policy',
    code: null,
  };
}

function erred(rule: Policy | undefined, message: string): Verdict {
  if (rule === undefined) return policyError(`The policy could not be evaluated: ${message}.`);
  return policyError(`The rule ${rule.id} could not be evaluated: ${message}.`, refer(rule));
}

const refer = ({ id, file, line }: Policy): RuleRef => ({ id, file, line });
