// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a reference to a secret is written
import { expect, test } from 'vitest';
import { Masker } from '../egress/masker.ts';
import { SECRET_RULES } from '../egress/secretRules.ts';
import { exposedIn, secretParts, whySecret } from './secretValue.ts';

const masker = new Masker([], SECRET_RULES);

test.each([
  ['GITHUB_PERSONAL_ACCESS_TOKEN', 'ghp_0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX', /form of a secret/],
  ['DATABASE_URI', 'postgresql://reader:Tr0ub4dor-and-3@db.internal:5432/almanac', /form of a secret/],
  ['DB_PASSWORD', 'hunter22', /its name|form/],
  ['SOME_ID', 'a8Kd02mPq7ZxL4vB9nRt5WcY', /random/],
])('%s belongs into the keychain', (variable, value, why) => {
  expect(whySecret(variable, value, masker)).toMatch(why);
});

test.each([
  ['LOG_LEVEL', 'debug'],
  ['PATH', '/usr/local/bin:/usr/bin:/home/mara/.local/share/pnpm/bin2'],
  ['API_TOKEN', ''],
  ['API_TOKEN', 'your-token-here'],
  ['API_TOKEN', '<token>'],
  ['SERVER_URL', 'https://tickets.example.org/mcp/v2/endpoint'],
  ['VERSION', '2026.8.31.20261121.1'],
  ['MODEL', 'claude-opus-next-generation'],
])('%s=%s stays', (variable, value) => {
  expect(whySecret(variable, value, masker)).toBeNull();
});

test('among arguments, a secret shows by its form or by the option before it', () => {
  const dsn = 'postgresql://reader:Tr0ub4dor-and-3@db.internal:5432/almanac';
  expect(exposedIn(['serve', '--dsn', dsn, '--api-key', 'hunter22hunter'], masker)).toEqual([
    { argument: 3, why: expect.stringContaining('form of a secret') },
    { argument: 5, why: 'the name of --api-key says so' },
  ]);
  expect(exposedIn(['--api-key', '<token>', '--port', '8080', '--verbose', 'hunter22hunter'], masker)).toEqual([]);
});

test('beside what only the client knows, a secret moves by itself; otherwise the whole value does', () => {
  expect(secretParts('DSN', 'postgresql://reader:Tr0ub4dor-and-3@${keychain:host}/x', masker)).toEqual([
    { start: 20, length: 15, why: expect.stringContaining('form of a secret') },
  ]);
  expect(secretParts('AUTH_TOKEN', 'Bearer ${keychain:token}', masker)).toEqual([]);
  expect(secretParts('AUTH_TOKEN', 'Bearer ${keychain:token}', new Masker(['keychain:token'], []))).toEqual([]);
  expect(secretParts('DB_PASSWORD', 'hunter22', masker)).toMatchObject([{ start: 0, length: 8 }]);
});
