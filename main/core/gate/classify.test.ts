import { expect, test } from 'vitest';
import { proposeClass } from './classify.ts';

const propose = (name: string, annotations?: object, ...parameters: string[]) =>
  proposeClass({
    name,
    annotations,
    inputSchema: { type: 'object', properties: Object.fromEntries(parameters.map((each) => [each, {}])) },
  }).class;

test('a clear verb is evidence, wherever it stands and however it is written', () => {
  expect(propose('read_file')).toBe('read');
  expect(propose('listDirectory')).toBe('read');
  expect(propose('zpa_list_rules')).toBe('read');
  expect(propose('write_file')).toBe('write');
  expect(propose('github-create-issue')).toBe('write');
  expect(propose('run_job')).toBe('external');
});

test('what says nothing about itself is external', () => {
  expect(propose('frobnicate')).toBe('external');
  expect(proposeClass({ name: 'frobnicate' }).reasons).toEqual([
    'Neither its name nor the server says that it only reads.',
  ]);
});

test('the server’s word that it only reads lowers nothing: it is told, and a person decides', () => {
  expect(proposeClass({ name: 'frobnicate', annotations: { readOnlyHint: true } })).toEqual({
    class: 'external',
    reasons: ['Its name does not say what it does. The server calls it read-only: lower it if you know that it is.'],
  });
  expect(propose('frobnicate', { readOnlyHint: 'true' })).toBe('external');
});

test('hints never lower', () => {
  expect(propose('delete_file', { readOnlyHint: true })).toBe('external');
  expect(propose('write_file', { readOnlyHint: true, destructiveHint: false })).toBe('write');
  expect(propose('run', { destructiveHint: false, openWorldHint: false })).toBe('external');
});

test('hints raise', () => {
  expect(propose('get_report', { readOnlyHint: false })).toBe('write');
  expect(propose('write_file', { destructiveHint: true })).toBe('external');
  expect(propose('write_file', { destructiveHint: true, openWorldHint: false })).toBe('write');
  expect(propose('frobnicate', { destructiveHint: true, openWorldHint: false })).toBe('external');
  expect(propose('create_issue', { openWorldHint: true })).toBe('external');
  expect(propose('search_pages', { readOnlyHint: true, openWorldHint: true })).toBe('read-sensitive');
});

test('a verb of no return counts anywhere, a noun that is also a verb only where the verb stands', () => {
  expect(propose('get_and_delete_mail')).toBe('external');
  expect(propose('find_and_replace')).toBe('write');
  expect(propose('get_post')).toBe('read');
  expect(propose('post_comment')).toBe('external');
});

test('parameters that take code, addresses or receivers raise', () => {
  expect(propose('check_host', {}, 'command')).toBe('external');
  expect(propose('fetch', { readOnlyHint: true }, 'url')).toBe('external');
  expect(propose('create_draft', {}, 'subject', 'to')).toBe('external');
  expect(propose('get_page', {}, 'topic')).toBe('read');
});

test('so do parameters further inside, and receivers by any of their names', () => {
  const inputSchema = { type: 'object', properties: { request: { type: 'object', properties: { command: {} } } } };
  expect(proposeClass({ name: 'get_status', inputSchema })).toMatchObject({
    class: 'external',
    reasons: ['Its name says "get".', 'It takes something to run in "command".'],
  });
  expect(propose('create_draft', {}, 'recipientEmails')).toBe('external');
  expect(propose('create_draft', {}, 'attendee_email')).toBe('external');
  expect(propose('convert_units', {}, 'convert_to')).toBe('read');
});

test('reading what is sensitive is its own class', () => {
  expect(propose('get_access_token')).toBe('read-sensitive');
  expect(propose('list_env')).toBe('read-sensitive');
});

test('each step up says why', () => {
  expect(proposeClass({ name: 'get_cookies', annotations: { readOnlyHint: false } }).reasons).toEqual([
    'Its name says "get".',
    'The server says that it changes things.',
  ]);
});

test('a name of any length is answered at once', () => {
  expect(propose('A'.repeat(1_000_000))).toBe('external');
});
