import { expect, test } from 'vitest';
import { secretField } from './secretForm.ts';

const form = (properties: Record<string, unknown>) => ({ requestedSchema: { type: 'object', properties } });

test('a form that asks for a secret is found by name, title or format', () => {
  expect(secretField(form({ user: { type: 'string' }, api_key: { type: 'string' } }))).toBe('api_key');
  expect(secretField(form({ value: { type: 'string', title: 'GitHub access token' } }))).toBe('value');
  expect(secretField(form({ value: { type: 'string', format: 'password' } }))).toBe('value');
});

test('an ordinary form is not, and neither is what is no form', () => {
  expect(secretField(form({ name: { type: 'string' }, keyboard: { type: 'string' }, author: null }))).toBeNull();
  expect(secretField({ mode: 'url', url: 'https://example.com' })).toBeNull();
  expect(secretField(null)).toBeNull();
});
