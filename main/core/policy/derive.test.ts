import { expect, test } from 'vitest';
import type { Evaluation } from './derive.ts';
import { deriveVerdict } from './derive.ts';
import type { Policy } from './policy.ts';

const policy = (id: string, effect: 'permit' | 'forbid'): Policy => ({
  id,
  effect,
  reason: `${id} says so`,
  file: 'a.cedar',
  line: 3,
  text: '',
  json: {},
});
const POLICIES = [policy('everything', 'permit'), policy('one-person', 'forbid'), policy('two-people', 'forbid')];

/** Cedar's answers for 0, 1 and 2 approvals. */
const answers =
  (...evaluations: Evaluation[]) =>
  (approvals: number): Evaluation =>
    evaluations[approvals] ?? { allowed: false, determining: [], errors: [] };
const allowed = (...determining: number[]): Evaluation => ({ allowed: true, determining, errors: [] });
const denied = (...determining: number[]): Evaluation => ({ allowed: false, determining, errors: [] });

test('what is allowed without approval runs, and Cedar is asked once', () => {
  let asked = 0;
  const verdict = deriveVerdict(POLICIES, () => {
    asked += 1;
    return allowed(0);
  });
  expect(verdict).toMatchObject({ decision: 'allow', approvals: 0, code: null, reason: 'everything says so' });
  expect(verdict.rule).toEqual({ id: 'everything', file: 'a.cedar', line: 3 });
  expect(asked).toBe(1);
});

test('what one approval allows asks for one, and the forbid it lifted is the rule shown', () => {
  const verdict = deriveVerdict(POLICIES, answers(denied(1), allowed(0)));
  expect(verdict).toMatchObject({ decision: 'ask', approvals: 1, rule: { id: 'one-person' }, code: null });
});

test('two approvals show the forbid that the first did not lift', () => {
  const verdict = deriveVerdict(POLICIES, answers(denied(1, 2), denied(2), allowed(0)));
  expect(verdict).toMatchObject({ decision: 'ask', approvals: 2, rule: { id: 'two-people' } });
});

test('an ask that lifts no forbid shows the permit that came to apply', () => {
  const verdict = deriveVerdict(POLICIES, answers(denied(), allowed(0)));
  expect(verdict).toMatchObject({ decision: 'ask', approvals: 1, rule: { id: 'everything' } });
});

test('of several rules the first in precedence is shown, however Cedar orders them', () => {
  const verdict = deriveVerdict(POLICIES, answers(denied(2, 1), allowed(0)));
  expect(verdict.rule.id).toBe('one-person');
});

test('what no number of approvals allows is denied with the forbid that remains', () => {
  const verdict = deriveVerdict(POLICIES, answers(denied(1, 2), denied(2), denied(2)));
  expect(verdict).toMatchObject({ decision: 'deny', rule: { id: 'two-people' }, code: 'POLICY_DENIED' });
});

test('where no policy speaks the default denies, by its own name', () => {
  const verdict = deriveVerdict(POLICIES, answers());
  expect(verdict).toMatchObject({ decision: 'deny', rule: { id: 'policy/default-deny' }, code: 'POLICY_DENIED' });
});

test('any error denies, even beside an allow, and names the rule that erred', () => {
  const erring = { ...allowed(0), errors: [{ policy: 2, message: 'no such tag' }] };
  expect(deriveVerdict(POLICIES, answers(erring))).toMatchObject({
    decision: 'deny',
    code: 'POLICY_ERROR',
    rule: { id: 'two-people' },
    reason: 'The rule two-people could not be evaluated: no such tag.',
  });
  expect(deriveVerdict(POLICIES, answers(denied(1), erring))).toMatchObject({ code: 'POLICY_ERROR' });
});

test('an allow that names no policy is not believed', () => {
  expect(deriveVerdict(POLICIES, answers(allowed()))).toMatchObject({ decision: 'deny', code: 'POLICY_ERROR' });
});
