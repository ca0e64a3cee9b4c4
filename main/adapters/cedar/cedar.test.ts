import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROTECTED_GROUPS } from '../../core/gate/protected.ts';
import { callQuestion, leafFacts } from '../../core/policy/question.fixture.ts';
import { cedarRequest } from '../../core/policy/request.ts';
import { CEDAR_SCHEMA, FACTS } from '../../core/policy/schema.ts';
import { openCedar } from './cedar.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const all = {
  principal: true,
  class: true,
  time: false,
  facts: new Set(FACTS),
  tags: 'all' as const,
  places: 'all' as const,
};
const around = { situation: { roles: [], environment: '', tenant: '', region: '' }, families: [], time: null };
const faults = (text: string) => cedar.read({ file: 'a.cedar', text }).faults;

test('the policies that ship are valid', () => {
  const ships = ['protected.cedar', 'default.cedar'].flatMap((file) => {
    const text = readFileSync(new URL(`../../../resources/policies/${file}`, import.meta.url), 'utf8');
    const { policies, faults } = cedar.read({ file, text });
    expect(faults).toEqual([]);
    return policies.map(({ id, effect }) => `${effect} ${id}`);
  });
  expect(ships).toEqual([
    ...PROTECTED_GROUPS.toSorted().map((group) => `forbid protected/${group}`),
    'permit default/permit',
    'forbid default/option',
    'forbid default/ask',
    'forbid default/shell',
    'forbid default/sql',
    'forbid default/uncertain',
  ]);
});

test('policies come in the order of the file, with their lines, names and reasons', () => {
  const one = (index: number) =>
    `// é "comment"; ${index}\n@reason("because ${index}")\nforbid (principal, action, resource) // ; "\n  when { context.class == "a;//${index}" };\n`;
  const text = Array.from({ length: 12 }, (_, index) => one(index)).join('');
  const { policies } = cedar.read({ file: 'long.cedar', text });
  expect(policies).toHaveLength(12);
  expect(policies[11]).toMatchObject({ id: 'long.cedar#12', reason: 'because 11', effect: 'forbid', line: 46 });
});

test('a text that does not parse is refused with its line, counted in characters of any width', () => {
  expect(faults('// 😀é\n\npermit (principal, acton, resource);')).toMatchObject([
    { file: 'a.cedar', line: 3, message: expect.stringContaining('acton') },
  ]);
});

test('a file of more rules than can be read in passing is refused before any is', () => {
  const began = performance.now();
  expect(faults('permit (principal, action, resource);'.repeat(10_000))[0]?.message).toContain('more than 1000 rules');
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('a policy that could err is refused before it counts', () => {
  const text =
    'permit (principal, action, resource);\n\nforbid (principal, action, resource)\nwhen { context.arguments.getTag("/path") like "/etc/*" };';
  expect(faults(text)).toMatchObject([{ line: 4, message: expect.stringContaining('hasTag') }]);
});

test('an unknown attribute, a policy that can never apply, and mixed scripts are refused', () => {
  expect(faults('permit (principal, action, resource) when { context.clas == "read" };')).toHaveLength(1);
  expect(faults('forbid (principal, action, resource is Server);')[0]?.message).toContain(
    'unable to find an applicable',
  );
  expect(faults('forbid (principal, action, resource) when { context.class == "eхternal" };')[0]?.message).toContain(
    'mixed scripts',
  );
});

test('templates are refused, and an empty file has no policies', () => {
  expect(faults('permit (principal == ?principal, action, resource);')).toHaveLength(1);
  expect(cedar.read({ file: 'a.cedar', text: '// nothing yet\n' })).toEqual({ policies: [], faults: [] });
});

test('arguments reach a policy as text and never as entities', () => {
  const text =
    'permit (principal, action, resource) when { context.arguments.hasTag("/__entity/type") && context.arguments.getTag("/__entity/type") == "Person" };';
  const rules = cedar.load(cedar.read({ file: 'a.cedar', text }).policies);
  const asked = (leaves: Record<string, string>) =>
    rules.evaluate(cedarRequest(callQuestion({ facts: leafFacts(leaves) }), 0, all, around));
  expect(asked({ '/__entity/type': 'Person', '/__entity/id': 'root' })).toEqual({
    allowed: true,
    determining: [0],
    errors: [],
  });
  expect(asked({ '/type': 'Person' }).allowed).toBe(false);
  rules.close();
});

test('a policy that errs is reported by its number and does not decide', () => {
  const [policy] = cedar.read({ file: 'a.cedar', text: 'forbid (principal, action, resource);' }).policies;
  if (policy === undefined) throw new Error('no policy');
  // What validation refuses, put in force past it.
  const erring = {
    ...policy,
    text: 'forbid (principal, action, resource) when { context.arguments.getTag("/x") == "y" };',
  };
  const rules = cedar.load([policy, erring]);
  const { allowed, errors } = rules.evaluate(cedarRequest(callQuestion({}), 0, all, around));
  expect(allowed).toBe(false);
  expect(errors).toMatchObject([{ policy: 1 }]);
  rules.close();
});
