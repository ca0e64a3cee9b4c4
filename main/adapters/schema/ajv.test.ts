import { expect, test } from 'vitest';
import { ajvCheck } from './ajv.ts';

const check = ajvCheck();
let definitions = 0;
const fault = (schema: unknown, value: unknown) => {
  definitions += 1;
  return check(`sha256:${definitions}`, schema, value);
};

test('what fits passes and what does not is told with its pointer', () => {
  const schema = {
    type: 'object',
    properties: {
      path: { type: 'string' },
      edits: { type: 'array', items: { type: 'object', required: ['oldText'] } },
    },
    required: ['path'],
    additionalProperties: false,
  };
  expect(fault(schema, { path: '/a', edits: [{ oldText: 'x' }] })).toBeNull();
  expect(fault(schema, {})).toContain("must have required property 'path'");
  expect(fault(schema, { path: '/a', edits: [{}] })).toContain('"/edits/0"');
  expect(fault(schema, { path: '/a', mode: 1 })).toContain('("mode")');
});

test('each dialect is read by its own rules', () => {
  const tuple = { items: [{ type: 'string' }, { type: 'number' }] };
  expect(fault({ $schema: 'http://json-schema.org/draft-07/schema#', ...tuple }, ['a', 'b'])).toContain('"/1"');
  expect(
    fault({ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: tuple.items }, ['a', 1]),
  ).toBeNull();
  expect(fault({ $schema: 'https://json-schema.org/draft/2019-09/schema', ...tuple }, ['a', 'b'])).toContain('"/1"');
  // Without a dialect: 2020-12, and draft-07 where it cannot be that.
  expect(fault({ prefixItems: tuple.items }, ['a', 'b'])).toContain('"/1"');
  expect(fault(tuple, ['a', 'b'])).toContain('"/1"');
});

test('what cannot be used refuses instead of letting through', () => {
  expect(fault(undefined, {})).toBe('the tool has no input schema');
  expect(fault({ $schema: 'https://example.com/mine' }, {})).toContain('dialect');
  expect(fault({ $ref: 'https://example.com/schema.json' }, {})).toContain('cannot be used');
  expect(fault({ type: 'strnig' }, 'x')).toContain('cannot be used');
  expect(fault({ $async: true, type: 'object' }, 'no object')).toContain('asynchronous');
});

test('a schema changes neither the value nor the next schema', () => {
  const value = {};
  expect(fault({ $id: 'https://example.com/x', properties: { a: { default: 1 } } }, value)).toBeNull();
  expect(value).toEqual({});
  expect(fault({ $id: 'https://example.com/x', type: 'string' }, value)).toContain('must be string');
  expect(fault({ $ref: 'https://example.com/x' }, value)).toContain('cannot be used');
});

test('a definition is compiled once', () => {
  const schema = { type: 'object', properties: { n: { maximum: 10 } } };
  expect(check('sha256:same', schema, { n: 11 })).not.toBeNull();
  expect(check('sha256:same', {}, { n: 11 })).not.toBeNull();
});

test('references within the schema, foreign keywords, formats and loose patterns are read', () => {
  const schema = {
    properties: { name: { $ref: '#/$defs/name' }, mail: { format: 'made-up', 'x-hint': 1 } },
    $defs: { name: { pattern: '^[\\w\\_]+$' } },
  };
  expect(fault(schema, { name: 'a_b', mail: '?' })).toBeNull();
  expect(fault(schema, { name: 'a b' })).toContain('pattern');
});

/** A tree of so many levels. */
const deep = (levels: number) => JSON.parse(`${'{"in":'.repeat(levels)}{}${'}'.repeat(levels)}`);
const inside = { properties: { in: { $ref: '#/$defs/node' } } };
/** Each level is gone through twice. */
const REPEATS = { $ref: '#/$defs/node', $defs: { node: { allOf: [inside, inside] } } };

test.each<[string, object, unknown]>([
  ['by a pattern', { properties: { id: { pattern: '^(\\w+\\s?)*$' } } }, { id: `${'a'.repeat(60)}!` }],
  ['by a pattern and a word', { properties: { id: { pattern: '^(((a+)+)+)+$' } } }, { id: `${'a'.repeat(18)}!` }],
  [
    'by a list of many alternatives',
    { properties: { a: { items: { anyOf: Array.from({ length: 1_000 }, (_, value) => ({ const: value })) } } } },
    { a: Array.from({ length: 20_000 }, () => 999) },
  ],
  [
    'by items that have to differ',
    { properties: { ids: { uniqueItems: true } } },
    { ids: Array.from({ length: 49_000 }, (_, id) => ({ id })) },
  ],
  ['by a schema that repeats', REPEATS, deep(60)],
])('a check that is held up %s refuses the call, and holds nobody up', (_, schema, value) => {
  const began = performance.now();
  expect(fault(schema, value)).toContain('takes longer');
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(fault(REPEATS, deep(10))).toBeNull();
});

test('a schema that takes long to be compiled is given up once, and the next one is read', () => {
  const node = { properties: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, {}])) };
  const properties = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [`p${index}`, { $ref: '#/$defs/n' }]),
  );
  const large = { properties, $defs: { n: node } };
  const began = performance.now();
  for (const _ of [1, 2, 3]) expect(check('sha256:large', large, {})).toContain('cannot be used');
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(fault({ properties: { a: { type: 'string' } } }, { a: 1 })).toContain('must be string');
});
