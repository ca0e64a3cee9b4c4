import { expect, test } from 'vitest';
import { keyVariant } from './keys.ts';

const schema = {
  type: 'object',
  properties: {
    path: { type: 'string' },
    options: { $ref: '#/$defs/options' },
    edits: { type: 'array', items: { type: 'object', properties: { oldText: {} } } },
    env: { type: 'object', additionalProperties: { type: 'string' } },
  },
  allOf: [{ properties: { mode: {} } }],
  $defs: { options: { properties: { dryRun: {}, options: { $ref: '#/$defs/options' } } } },
};

test('properties as they are written, and names that resemble none, pass', () => {
  const value = { path: '/a', options: { dryRun: true, options: {} }, edits: [{ oldText: 'x' }], other: 1 };
  expect(keyVariant(schema, value)).toBeNull();
});

test('a key that differs by case or normalisation is found at any depth', () => {
  expect(keyVariant(schema, { Path: '/a' })).toContain('"Path" at "" differs from the property "path"');
  expect(keyVariant(schema, { ｐath: '/a' })).toContain('the property "path"');
  expect(keyVariant(schema, { MODE: 1 })).toContain('"mode"');
  expect(keyVariant(schema, { options: { options: { dryrun: 1 } } })).toContain('at "/options/options"');
  expect(keyVariant(schema, { edits: [{}, { OldText: 'x' }] })).toContain('at "/edits/1"');
});

test('free-form maps keep their own names, which a property elsewhere does not reserve', () => {
  expect(keyVariant(schema, { env: { PATH: '/bin', Path: '/x' } })).toBeNull();
});

test('names that every object has are no properties', () => {
  expect(keyVariant(schema, { constructor: 1, ToString: 2 })).toBeNull();
  expect(keyVariant({ $ref: '#/$defs/constructor' }, { Name: 1 })).toBeNull();
});

test('references in circles and no schema at all end', () => {
  const circle = { $ref: '#', properties: { a: {} } };
  expect(keyVariant(circle, { A: 1 })).toContain('"a"');
  expect(keyVariant(true, { A: 1 })).toBeNull();
  expect(keyVariant(undefined, { A: 1 })).toBeNull();
});

test('a schema and a value that are both large are compared for a while, and then refused', () => {
  const many = (length: number, part: (index: number) => unknown) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, part(index)]));
  const patterns = { patternProperties: many(3_000, () => ({ properties: { a: {} } })) };
  const branches = { additionalProperties: { anyOf: Object.values(many(3_000, () => ({}))) } };
  for (const large of [patterns, branches]) {
    expect(
      keyVariant(
        large,
        many(20_000, () => ({ b: {} })),
      ),
    ).toContain('too much');
    expect(
      keyVariant(
        large,
        many(20_000, () => 'text'),
      ),
    ).toBeNull();
    expect(
      keyVariant(
        large,
        many(20, () => ({ b: {} })),
      ),
    ).toBeNull();
  }
});

test('what stands in a schema once is read once, however many values it is about', () => {
  const began = performance.now();
  const many = Array.from({ length: 10_000 }, () => ({ x: 1 }));
  const names = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`\u00e9${index}`, {}]));
  expect(keyVariant({ items: { properties: names } }, many)).toBeNull();
  expect(keyVariant({ items: { properties: names } }, [...many, { '\u00c97': 1 }])).toContain('"\u00e97"');
  expect(keyVariant({ items: { $ref: `#/${'a/'.repeat(500_000)}` } }, many)).toBeNull();
  expect(keyVariant({ items: { allOf: Array(200_000).fill(true) } }, many)).toContain('too much');
  expect(performance.now() - began).toBeLessThan(4_000);
});

test('references are followed through a chain of any length', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [`a${index}`, { $ref: `#/$defs/a${index + 1}` }]),
  );
  const schema = { $ref: '#/$defs/a0', $defs: { ...chain, a100000: { properties: { path: {} } } } };
  expect(keyVariant(schema, { Path: 1 })).toContain('"path"');
});
