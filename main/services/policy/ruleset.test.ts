import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { settings } from '../../contract/settings.ts';
import { TOOL_CLASSES } from '../../contract/tool.ts';
import { placeFacts } from '../../core/gate/placeFacts.ts';
import { deriveVerdict } from '../../core/policy/derive.ts';
import { callQuestion, leafFacts } from '../../core/policy/question.fixture.ts';
import { cedarRequest } from '../../core/policy/request.ts';
import { CEDAR_SCHEMA, FACTS } from '../../core/policy/schema.ts';
import { policyTime } from '../../core/policy/time.ts';
import { Ruleset } from './ruleset.ts';

const cedar = openCedar(CEDAR_SCHEMA);
const read = (text: string) => {
  const { policies, faults } = cedar.read({ file: 'a.cedar', text });
  expect(faults).toEqual([]);
  return policies;
};
const time = policyTime('2026-11-21T11:00:00.000000Z', 'UTC');
const setting = {
  settings: settings.parse({ roles: ['lead'], region: 'eu', families: { writers: ['files/write_*'] } }),
  time: () => time,
};
const rules = (text: string) => new Ruleset(cedar, read(text), setting);
const everything = {
  principal: true,
  class: true,
  time: true,
  facts: new Set(FACTS),
  tags: 'all' as const,
  places: 'all' as const,
};

const SCOPES = [
  'principal, action, resource',
  'principal in Client::"/usr/bin/code", action, resource',
  'principal, action == Action::"call", resource == Tool::"files/write_file"',
  'principal, action, resource in Server::"files"',
  'principal, action == Action::"read_resource", resource',
  'principal in Role::"lead", action, resource',
  'principal, action, resource in Family::"writers"',
  'principal, action == Action::"call", resource is Tool in Family::"writers"',
];
const CONDITIONS = [
  'when { true }',
  'when { context.class == "write" }',
  'unless { context.approvals >= 1 }',
  'unless { context.approvals >= 2 }',
  'when { context.arguments.hasTag("/path") && context.arguments.getTag("/path") like "/srv/*" }',
  'when { context.arguments.hasTag("/mode") }',
  'when { context.facts.bytes > 20 }',
  'when { context.facts.protected.contains("credentials") }',
  'when { context.facts.within.contains("/etc") }',
  'when { context.facts.uncertain }',
  'unless { context.places.hasTag("/path") && context.places.getTag("/path") like "/srv/*" }',
  'when { principal in Person::"anna" }',
  'when { context.region == "eu" && context.time.minutes > 600 }',
  'when { context.time.weekday == "monday" }',
  'unless { resource in Family::"writers" }',
];

test('a verdict is what all policies say to all facts, whatever was in scope, read or asked before', () => {
  const policy = fc
    .tuple(fc.constantFrom('permit', 'forbid'), fc.constantFrom(...SCOPES), fc.constantFrom(...CONDITIONS))
    .map(([effect, scope, condition]) => `${effect} (${scope}) ${condition};`);
  const question = fc
    .record({
      action: fc.constantFrom('call' as const, 'read_resource' as const),
      person: fc.constantFrom('anna', 'ben'),
      client: fc.constantFrom('/usr/bin/code', null),
      server: fc.constantFrom('files', 'mail'),
      tool: fc.constantFrom('write_file', 'read_file'),
      class: fc.constantFrom(...TOOL_CLASSES),
      path: fc.constantFrom('/srv/a', '/etc/a', undefined),
      mode: fc.boolean(),
      bytes: fc.constantFrom(10, 30),
    })
    .map(({ path, mode, bytes, ...rest }) => {
      const facts = leafFacts({ ...(path && { '/path': path }), ...(mode && { '/mode': 'x' }) }, { bytes });
      if (path === undefined) return callQuestion({ ...rest, facts });
      const lead = {
        pointer: '/path',
        text: path,
        whole: true,
        folder: false,
        written: [path],
        real: [path],
        certain: !mode,
      };
      return callQuestion({ ...rest, facts: { ...facts, places: placeFacts([lead], () => ['credentials']) } });
    });
  fc.assert(
    fc.property(
      fc.array(policy, { minLength: 1, maxLength: 5 }),
      fc.array(question, { maxLength: 12 }),
      (texts, asked) => {
        const policies = read(texts.join('\n'));
        const kept = new Ruleset(cedar, policies, setting);
        const plain = cedar.load(policies);
        for (const each of asked) {
          const families = each.action !== 'read_resource' && each.server === 'files' && each.tool === 'write_file';
          const around = { situation: setting.settings, families: families ? ['writers'] : [], time };
          expect(kept.decide(each)).toEqual(
            deriveVerdict(policies, (approvals) => plain.evaluate(cedarRequest(each, approvals, everything, around))),
          );
        }
        plain.close();
        kept.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('a prompt and a resource are asked under their own action', () => {
  const set = rules(
    'permit (principal, action == Action::"get_prompt", resource == Prompt::"files/write_file");\n' +
      'permit (principal, action == Action::"read_resource", resource is Resource) when { resource.uri like "file:///srv/*" };',
  );
  const decide = (action: 'call' | 'get_prompt' | 'read_resource', tool: string) =>
    set.decide(callQuestion({ action, tool })).decision;
  expect(decide('get_prompt', 'write_file')).toBe('allow');
  expect(decide('call', 'write_file')).toBe('deny');
  expect(decide('read_resource', 'file:///srv/a')).toBe('allow');
  expect(decide('read_resource', 'file:///etc/a')).toBe('deny');
});
