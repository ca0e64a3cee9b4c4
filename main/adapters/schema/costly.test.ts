import { expect, test } from 'vitest';
import { isWithin, quickUnder } from './costly.ts';

const any = Number.POSITIVE_INFINITY;

test('plain schemas are quick for any string and depth, and for what is not many times as large', () => {
  const schema = { properties: { path: { type: 'string', maxLength: 9 }, tags: { items: { enum: ['a'] } } } };
  const quick = quickUnder(schema);
  expect(quick).toEqual({ text: any, values: 55_556, depth: any });
  expect(isWithin({ path: 'x'.repeat(1_000_000), tags: Array.from({ length: 1_000 }, () => 'a') }, quick)).toBe(true);
  expect(isWithin(['x'.repeat(6_000_000)], quick)).toBe(false);
  expect(quickUnder({ anyOf: Array.from({ length: 50_000 }, () => ({ const: 1 })) }).values).toBeLessThan(10);
});

test.each([
  ['^[a-z0-9-]+$', 1_000],
  ['^\\d{4}-\\d{2}$', 1_000],
  ['^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}$', 1_000],
  ['^[^@\\s]+@[^@\\s]+$', 400],
  ['^(?:(?<a>x)|[\\]*+?|])$', 400],
  ['a*b*c*', 20],
  [`^${'a?'.repeat(30)}${'a'.repeat(30)}$`, 1],
  ['^(a+)+$', 0],
  ['(a|a)*b', 0],
  ['^(\\w)\\1', 0],
  ['^(?<a>\\w)\\k<a>', 0],
])('the pattern %s is quick for %i characters', (pattern, text) => {
  expect(quickUnder({ properties: { id: { pattern } } }).text).toBe(text);
  expect(quickUnder({ patternProperties: { [pattern]: {} } }).text).toBe(text);
});

test('references are quick unless they go in a circle, lead anywhere else, or are many', () => {
  const under = (node: object, defs: object = {}) =>
    quickUnder({ properties: { a: node }, $defs: { leaf: { type: 'string' }, ...defs } }).values;
  expect(under({ $ref: '#/$defs/leaf' })).toBeGreaterThan(50_000);
  expect(under({ $ref: '#/$defs/node' }, { node: { items: { $ref: '#/$defs/node' } } })).toBe(100);
  expect(under({ $ref: '#' })).toBe(100);
  expect(under({ $ref: '#name' })).toBe(100);
  expect(under({ allOf: Array.from({ length: 21 }, () => ({ $ref: '#/$defs/leaf' })) })).toBe(100);
});

test('a value is within when its strings, its parts and its depth are', () => {
  const quick = { text: 5, values: 4, depth: 2 };
  expect(isWithin({ a: 'short', b: [1] }, quick)).toBe(true);
  expect(isWithin({ a: 'longer' }, quick)).toBe(false);
  expect(isWithin({ longer: 1 }, quick)).toBe(false);
  expect(isWithin([1, 2, 3, 4], quick)).toBe(false);
  expect(isWithin({ a: { b: { c: 1 } } }, quick)).toBe(false);
});
