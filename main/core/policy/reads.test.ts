import { expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { inScope, readsOf } from './reads.ts';
import { CEDAR_SCHEMA, FACTS } from './schema.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const read = (text: string) => {
  const { policies, faults } = cedar.read({ file: 'a.cedar', text });
  expect(faults).toEqual([]);
  return policies;
};
const reads = (condition: string) => readsOf(read(`forbid (principal, action, resource) when { ${condition} };`));
const nothing = { principal: false, class: false, time: false, facts: new Set(), tags: new Set(), places: new Set() };

test('what a condition reads is found', () => {
  expect(reads('context.class == "read"')).toEqual({ ...nothing, class: true });
  expect(reads('context.facts.bytes > 10')).toEqual({ ...nothing, facts: new Set(['bytes']) });
  expect(reads('context has class')).toEqual({ ...nothing, class: true });
  expect(reads('context.facts.protected.contains("credentials")')).toEqual({
    ...nothing,
    facts: new Set(['protected']),
  });
  expect(reads('context.places.hasTag("/path")')).toEqual({ ...nothing, places: new Set(['/path']) });
  expect(reads('principal in Person::"anna"')).toEqual({ ...nothing, principal: true });
  expect(reads('context.arguments.hasTag("/path") && context.arguments.getTag("/path") like "/etc/*"')).toEqual({
    ...nothing,
    tags: new Set(['/path']),
  });
});

test('approvals are covered by the verdict itself, and settings are in force with the policies', () => {
  expect(reads('context.approvals >= 1 && !context.dryRun')).toEqual(nothing);
  expect(reads('context.environment == "test" && context.region == "eu" && context.tenant == ""')).toEqual(nothing);
});

test('the time is read however it is written', () => {
  for (const condition of [
    'context.time.minutes > 60',
    'context.time.at > datetime("2026-11-21")',
    'context.time == context.time',
    'context has time.date',
  ])
    expect(reads(condition)).toEqual({ ...nothing, time: true });
});

test('a tag that is not named there may be any', () => {
  expect(reads('context.arguments.hasTag(context.class)')).toEqual({ ...nothing, class: true, tags: 'all' });
});

test('the context as a whole is everything', () => {
  const everything = { ...nothing, class: true, time: true, facts: new Set(FACTS), tags: 'all', places: 'all' };
  expect(reads('[context].contains(context)')).toEqual(everything);
  expect(reads('context.facts == context.facts')).toEqual({ ...nothing, facts: new Set(FACTS) });
});

test('a principal in the scope is read', () => {
  expect(readsOf(read('forbid (principal in Client::"x", action, resource);')).principal).toBe(true);
});

test('a scope takes in its tool and its server and no other', () => {
  const scope = (resource: string, tool = 'write') => {
    const [policy] = read(`forbid (principal, action == Action::"call", ${resource});`);
    return policy !== undefined && inScope(policy, { action: 'call', server: 'files', tool, families: ['writers'] });
  };
  expect(scope('resource')).toBe(true);
  expect(scope('resource == Tool::"files/write"')).toBe(true);
  expect(scope('resource == Tool::"files/read"')).toBe(false);
  expect(scope('resource in Server::"files"')).toBe(true);
  expect(scope('resource in Server::"mail"')).toBe(false);
  expect(scope('resource is Tool')).toBe(true);
  expect(scope('resource is Tool in Server::"files"')).toBe(true);
  expect(scope('resource is Tool in Server::"mail"')).toBe(false);
  expect(scope('resource in Family::"writers"')).toBe(true);
  expect(scope('resource in Family::"readers"')).toBe(false);
});
