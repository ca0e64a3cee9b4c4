import { expect, test } from 'vitest';
import { ajvCheck } from '../../adapters/schema/ajv.ts';
import { strictArguments } from './validate.ts';

const check = strictArguments(ajvCheck());
const schema = { type: 'object', properties: { path: { type: 'string' } } };

test('what fits the schema passes', () => {
  expect(check('sha256:a', schema, { path: '/a' })).toBeNull();
});

test('a key that the schema would let through as an extra one is refused when it resembles a property', () => {
  expect(check('sha256:a', schema, { path: '/a', PATH: '/etc' })).toContain('"PATH"');
});

test('what does not fit the schema is refused', () => {
  expect(check('sha256:a', schema, { path: 1 })).toBe('"/path" must be string');
});
