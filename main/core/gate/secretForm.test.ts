import { expect, test } from 'vitest';
import { secretField } from './secretForm.ts';

const form = (properties: Record<string, unknown>, message = '') => ({
  message,
  requestedSchema: { type: 'object', properties },
});
const text = (description: string) => ({ value: { type: 'string', description } });

test('a form that asks for a secret is found by name, title or format', () => {
  expect(secretField(form({ user: { type: 'string' }, api_key: { type: 'string' } }))).toBe('api_key');
  expect(secretField(form({ value: { type: 'string', title: 'GitHub access token' } }))).toBe('value');
  expect(secretField(form({ value: { type: 'string', format: 'password' } }))).toBe('value');
});

test.each([
  ['its description', form(text('Your GitHub token'))],
  ['an order in it', form(text('Please paste the API key of your account here.'))],
  ['what stands above it', form(text('Answer'), 'To go on, enter your account’s recovery phrase below.')],
  ['several lines', form(text('Answer'), 'To go on, enter\nyour API\n  key below.')],
  ['a list of nothing', form({ value: { type: 'string', enum: [], oneOf: true, description: 'Your API key' } })],
  ['look-alike letters', form({ 'p\u0430ssword': { type: 'string' } })],
  ['hidden characters', form(text('Your pass\u200bword'))],
])('a form that asks for a secret by %s is found', (_, asking) => {
  expect(secretField(asking)).not.toBeNull();
});

test.each([
  ['a name of one', form(text('The API key name'))],
  ['a yes', form({ sure: { type: 'boolean' } }, 'Do you give the server your credentials from now on?')],
  ['one of a list', form({ key: { type: 'string', enum: ['a', 'b'], description: 'Your API key' } })],
  ['tokens of a model', form(text('Most tokens to generate'), 'How many tokens do you need?')],
  ['what is said of one', form(text('Why?'), 'The password of Ada was changed. Say why.')],
])('a form that takes %s passes', (_, asking) => {
  expect(secretField(asking)).toBeNull();
});

test('an ordinary form is not, and neither is what is no form', () => {
  expect(secretField(form({ name: { type: 'string' }, keyboard: { type: 'string' }, author: null }))).toBeNull();
  expect(secretField({ mode: 'url', url: 'https://example.com' })).toBeNull();
  expect(secretField(null)).toBeNull();
});

test('what is asked for behind a long text is found, and a form without end is taken for one that asks', () => {
  const long = 'Some words about it. '.repeat(1_500);
  expect(secretField(form(text('Answer'), `${long}Now enter your API key below.`))).toBe('value');
  expect(secretField(form(text(`${long}Please paste the API key here.`)))).toBe('value');
  expect(secretField(form(text('Answer'), long))).toBeNull();
  expect(secretField(form({ first: {}, ...text(long.repeat(2)) }))).toBe('value');
  const began = performance.now();
  expect(secretField(form(text('Answer'), 'enter api \ufdfa'.repeat(300_000)))).toBe('value');
  expect(performance.now() - began).toBeLessThan(1_000);
});
