import { expect, test } from 'vitest';
import type { Verdict } from '../../contract/verdict.ts';
import { explainVerdict } from './explain.ts';

const verdict = (changes: Partial<Verdict>): Verdict => ({
  decision: 'deny',
  approvals: 0,
  rule: { id: 'no-etc', file: 'mine.cedar', line: 3 },
  reason: 'Nothing writes there.',
  decider: 'policy',
  code: null,
  ...changes,
});
const explain = (changes: Partial<Verdict>, tool = 'write_file') =>
  explainVerdict({ server: 'files', tool, class: 'write' }, verdict(changes));

test('names the rule, its file and its line', () => {
  expect(explain({})).toBe(
    'A call of write_file on files, class write, is denied by the rule no-etc (mine.cedar:3): Nothing writes there.',
  );
});

test('says how many people are asked, and what is a rule of the gate’s own', () => {
  expect(explain({ decision: 'ask', approvals: 1 })).toContain('is asked of one person by');
  expect(explain({ decision: 'ask', approvals: 2 })).toContain('is asked of two people by');
  expect(explain({ decision: 'allow', rule: { id: 'gate/x', file: null, line: null } })).toContain(
    'is allowed by the rule gate/x: ',
  );
});

test('a name cannot draw on the sentence', () => {
  expect(explain({}, 'a\u202eb')).toContain('a\\u{202e}b');
});

test('says what else is asked for than a call', () => {
  const question = { action: 'read_resource', server: 'files', tool: 'demo://a', class: 'read-sensitive' } as const;
  expect(explainVerdict(question, verdict({}))).toContain('Reading demo://a on files, class read-sensitive, is denied');
});
