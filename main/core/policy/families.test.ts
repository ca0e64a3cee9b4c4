import { expect, test } from 'vitest';
import { familiesOf } from './families.ts';

const FAMILIES = { mail: ['gmail/send*', 'outlook/*'], delete: ['*/delete_*', '*/*_delete*'], one: ['files/read'] };

test.each([
  ['gmail', 'send_mail', ['mail']],
  ['gmail', 'sen', []],
  ['outlook', 'anything', ['mail']],
  ['xoutlook', 'anything', []],
  ['gmail', 'delete_mail', ['delete']],
  ['outlook', 'bulk_delete_all', ['delete', 'mail']],
  ['files', 'read', ['one']],
  ['files', 'read_all', []],
])('%s/%s is in %j', (server, tool, expected) => {
  expect(familiesOf(FAMILIES, server, tool)).toEqual(expected);
});

test('many stars are answered at once', () => {
  expect(familiesOf({ slow: [`a/${'*a'.repeat(250)}b`] }, 'a', 'a'.repeat(512))).toEqual([]);
});
