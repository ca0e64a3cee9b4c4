import { expect, test } from 'vitest';
import { settings } from '../../contract/settings.ts';
import { concernsOf } from './concerns.ts';

const REMINDERS = settings.parse({}).reminders;
const NOW = '2026-11-21T00:00:00.000000Z';
const secret = {
  name: 'token',
  servers: null,
  environment: null,
  expiresAt: null as string | null,
  setAt: '2026-11-01T00:00:00.000000Z',
  lastUsedAt: null,
  usedBy: ['files'],
  running: [],
  putsBack: [] as string[],
  sameAs: [] as string[],
  helper: null,
  lost: false,
};
const ids = (changes: Partial<typeof secret> | object) =>
  concernsOf({ ...secret, ...changes }, NOW, REMINDERS, () => null).map(({ id }) => id);
const helper = { command: 'aws', args: [], cwd: '/', variables: [], files: [], sandbox: '' };

test.each([
  ['nothing where all is well', {}, []],
  ['its age, from ninety days on', { setAt: '2026-08-23T00:00:00.000000Z' }, ['old']],
  ['not the age a day before', { setAt: '2026-08-24T00:00:01.000000Z' }, []],
  ['not the age of what a command makes', { setAt: '2020-01-01T00:00:00.000000Z', helper }, []],
  ['an end that is near', { expiresAt: '2026-12-05T00:00:00.000000Z' }, ['expires-soon']],
  ['not one that is far', { expiresAt: '2026-12-06T00:00:00.000000Z' }, []],
  ['an end that has come', { expiresAt: NOW }, ['expired']],
  ['several servers, and none', { usedBy: ['a', 'b'] }, ['shared']],
  ['that nobody uses it', { usedBy: [] }, ['unused']],
  [
    'neither of what puts a client’s entry back',
    { usedBy: [], putsBack: ['a of b'], setAt: '2020-01-01T00:00:00.000000Z' },
    [],
  ],
  ['nothing of that in its first days', { usedBy: [], setAt: '2026-11-15T00:00:00.000000Z' }, []],
  [
    'the worst first',
    { lost: true, expiresAt: NOW, sameAs: ['other'], usedBy: [] },
    ['lost', 'expired', 'same-value', 'unused'],
  ],
])('it says %s', (_, changes, expected) => {
  expect(ids(changes)).toEqual(expected);
});

test('a person says when to remind', () => {
  const { reminders } = settings.parse({ reminders: { oldAfterDays: 10 } });
  expect(concernsOf(secret, NOW, reminders, () => null).map(({ id }) => id)).toEqual(['old']);
  expect(settings.safeParse({ reminders: { oldAfterDays: 0 } }).success).toBe(false);
});

test('days are counted in words', () => {
  const text = (expiresAt: string) => concernsOf({ ...secret, expiresAt }, NOW, REMINDERS, () => null)[0]?.text;
  expect(text('2026-11-21T10:00:00.000000Z')).toBe('It expires within a day.');
  expect(text('2026-11-22T10:00:00.000000Z')).toBe('It expires tomorrow.');
  expect(text('2026-11-24T10:00:00.000000Z')).toBe('It expires in 3 days.');
});
