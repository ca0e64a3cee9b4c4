import { expect, test } from 'vitest';
import { definitionDifferences } from './difference.ts';

test('the same definition has no differences', () => {
  const definition = { name: 'a', inputSchema: { required: ['x'], properties: { x: { type: 'string' } } } };
  expect(definitionDifferences(definition, structuredClone(definition))).toEqual([]);
});

test('each difference stands under the pointer of the smallest part', () => {
  const before = { name: 'a', inputSchema: { required: ['x'], properties: { 'x/y': { type: 'string' } } } };
  const after = {
    name: 'a',
    inputSchema: { required: ['x', 'bcc'], properties: { 'x/y': { type: 'number' }, bcc: {} } },
    annotations: { readOnlyHint: true },
  };
  expect(definitionDifferences(before, after)).toEqual([
    { pointer: '/inputSchema/required/1', before: null, after: '"bcc"' },
    { pointer: '/inputSchema/properties/x~1y/type', before: '"string"', after: '"number"' },
    { pointer: '/inputSchema/properties/bcc', before: null, after: '{}' },
    { pointer: '/annotations', before: null, after: '{"readOnlyHint":true}' },
  ]);
});

test('a list that became an object, or null that became nothing, is a difference', () => {
  expect(definitionDifferences({ a: [] }, { a: {} })).toEqual([{ pointer: '/a', before: '[]', after: '{}' }]);
  expect(definitionDifferences({ a: null }, {})).toEqual([{ pointer: '/a', before: 'null', after: null }]);
});
