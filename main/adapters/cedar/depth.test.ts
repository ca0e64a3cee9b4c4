import { expect, test } from 'vitest';
import { callQuestion } from '../../core/policy/question.fixture.ts';
import { cedarRequest } from '../../core/policy/request.ts';
import { CEDAR_SCHEMA, FACTS } from '../../core/policy/schema.ts';
import { openCedar } from './cedar.ts';
import { tooDeepAt } from './depth.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const rule = (condition: string) => `forbid (principal, action, resource) when {\n${condition} };`;
const many = (count: number, part: (index: number) => string, between: string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(between);
const around = (count: number, open: string, inside: string, close: string) =>
  open.repeat(count) + inside + close.repeat(count);

/** Expressions that grow with a number, one level or more each. */
const GROWING: Record<string, (count: number) => string> = {
  alternatives: (count) => many(count, (index) => `context.class == "c${index}"`, ' || '),
  conjunction: (count) => many(count, () => 'true', ' && '),
  sum: (count) => `${many(count, () => '1', ' + ')} > 0`,
  brackets: (count) => around(count, '(', 'true', ')'),
  choices: (count) => `${'if context.dryRun then true else '.repeat(count)}true`,
  'choices within choices': (count) => around(count, 'if context.dryRun then ', 'true', ' else true'),
  calls: (count) => around(count, '[true].contains(', 'true', ')'),
  records: (count) => `${around(count, '{a: ', '1', '}')} == {a: 1}`,
  'records in lists in brackets': (count) => `${around(count, '({a: [', '1', ']})')} == 1`,
  attributes: (count) => `context${'.a'.repeat(count)} == 1`,
  indices: (count) => `context${'["a"]'.repeat(count)} == 1`,
  'calls in a row': (count) => `[1]${'.contains(1)'.repeat(count)}`,
};

test('what is let through is borne by reading and by deciding, however it grows; and afterwards Cedar still reads', () => {
  const reads = {
    principal: true,
    class: true,
    time: false,
    facts: new Set(FACTS),
    tags: 'all',
    places: 'all',
  } as const;
  const situation = { roles: [], environment: '', tenant: '', region: '' };
  const request = cedarRequest(callQuestion({}), 0, reads, { situation, families: [], time: null });
  for (const [name, grown] of Object.entries(GROWING)) {
    let count = 1;
    while (tooDeepAt(rule(grown(count + 1))) === null) count += 1;
    expect(count, name).toBeGreaterThan(10);
    expect(count, name).toBeLessThan(300);
    const { policies } = cedar.read({ file: 'a.cedar', text: rule(grown(count)) });
    const loaded = cedar.load(policies);
    expect(loaded.evaluate(request).errors, name).toEqual([]);
    loaded.close();
    for (const past of [count + 1, 5_000]) {
      const { faults } = cedar.read({ file: 'a.cedar', text: rule(grown(past)) });
      expect(faults, name).toMatchObject([{ line: 2, message: expect.stringContaining('nested too deep') }]);
    }
    expect(cedar.read({ file: 'b.cedar', text: rule('context.dryRun') }).faults, name).toEqual([]);
  }
});

test('what stands beside each other is no deeper: rules, clauses, elements, comments and texts', () => {
  const values = many(2_000, (index) => `"c${index}"`, ', ');
  for (const text of [
    many(100, () => rule('context.dryRun || context.class == "read"'), '\n'),
    `forbid (principal, action, resource) ${many(300, () => 'when { context.dryRun }', ' ')};`,
    rule(`[${values}].contains(context.class)`),
    rule(`context.class == "${'(.'.repeat(1_000)}"`),
    `//${'(||'.repeat(1_000)}\n${rule('context.dryRun')}`,
  ])
    expect(cedar.read({ file: 'a.cedar', text }).faults).toEqual([]);
});

test('what is not closed is measured as well', () => {
  expect(tooDeepAt('('.repeat(1_000))).not.toBeNull();
  expect(tooDeepAt(`forbid (principal, action, resource) when { ${'true || '.repeat(1_000)}`)).not.toBeNull();
  expect(tooDeepAt(')'.repeat(1_000))).toBeNull();
  expect(tooDeepAt(`permit ("a", ${'"('.repeat(1_001)}`)).not.toBeNull();
});

test('quotes that nothing closes are read once', () => {
  const began = performance.now();
  expect(cedar.read({ file: 'a.cedar', text: `"${'\\"'.repeat(200_000)}` }).faults).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(2_000);
});
