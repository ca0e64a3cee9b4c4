import { expect, test } from 'vitest';
import { readSettings } from './settingsText.ts';

test('what is left out is not said', () => {
  const reminders = { oldAfterDays: 90, expiryWithinDays: 14 };
  const nothing = { roles: [], environment: '', tenant: '', region: '', families: {}, reminders };
  expect(readSettings('')).toMatchObject({ settings: nothing, fault: null });
  expect(readSettings('{ // so far\n "roles": ["lead",], }').settings).toMatchObject({ ...nothing, roles: ['lead'] });
});

test.each([
  ['{\n"roles": "lead"\n}', 2, 'roles: '],
  ['{\n\n"region": 3 }', 3, 'region: '],
  ['{\n"families": { "mail": ["send*"] } }', 2, 'families.mail.0: is written server/tool'],
  ['{\n"families": { "a b": [] } }', 2, 'families'],
  ['{\n"tenent": "x" }', 1, 'tenent'],
  ['{\n"region": "a",\n"region": "b" }', 3, 'twice'],
  ['{\n"region": ', 2, ''],
  ['[]', 1, ''],
])('%j is refused with its line', (text, line, message) => {
  const { settings, fault } = readSettings(text);
  expect(settings).toBeNull();
  expect(fault).toEqual({ line, message: expect.stringContaining(message) });
});
