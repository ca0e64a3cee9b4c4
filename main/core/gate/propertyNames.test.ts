import { expect, test } from 'vitest';
import { propertyNames } from './propertyNames.ts';

test('properties are found in objects, lists, combinations and definitions, outer ones first', () => {
  const schema = {
    properties: {
      request: { type: 'object', properties: { command: {} } },
      files: { type: 'array', items: { anyOf: [{ properties: { url: {} } }, { $ref: '#/$defs/mail' }] } },
    },
    $defs: { mail: { properties: { to: {}, properties: { type: 'string' } } } },
  };
  expect(propertyNames(schema)).toEqual(['request', 'files', 'command', 'to', 'properties', 'url']);
});

test('data is no schema, and what is none has no properties', () => {
  expect(propertyNames({ default: { properties: { a: 1 } }, enum: [{ properties: { b: 1 } }] })).toEqual([]);
  for (const none of [undefined, null, true, 'x', { properties: null }]) expect(propertyNames(none)).toEqual([]);
});
