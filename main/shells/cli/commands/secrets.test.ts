import { expect, test } from 'vitest';
import type { AskView } from '../../../contract/ask.ts';
import type { SecretInfo } from '../../../contract/secret.ts';
import { ask, status } from '../samples.fixture.ts';
import { onStage, type Stage } from '../stage.ts';

const ID = '0193c5e0-0000-7000-8000-00000000000a';
const AT = '2026-11-21T03:17:00.000123Z';
const token: SecretInfo = {
  ...{ name: 'T', servers: ['files'], environment: 'production', setAt: AT, expiresAt: AT, lastUsedAt: null },
  ...{ usedBy: ['files'], running: ['files'], sameAs: [], putsBack: [], helper: null },
  concerns: [{ id: 'expired', text: 'It has expired.' }],
};
const list = async () => [token];
const open: AskView = {
  ...{ id: ID, hash: `sha256:${'ab'.repeat(32)}`, state: 'open', askedAt: AT, deadline: null, answeredAt: null },
  ...{ by: null, note: null, approvals: 1, first: null, via: 'control', because: null },
  subject: { kind: 'secret', name: 'T', value: 'given', replaces: true, usedBy: ['files'] },
};

test('the list says for whom each is kept and what to do; one by one everything but the value', async () => {
  const wanted = async () => [{ name: 'W', usedBy: ['files', 'notes'] }];
  const api = { secrets: { list, wanted } };
  const { out, error } = await onStage({ api }, 'secrets', 'list');
  expect(error).toContain('W is not set, and files, notes cannot start without it: countersign secrets set W');
  expect(out).toMatch(/T +production +2026-11-21.*files/);
  expect(out).toContain('It has expired.');
  const kept = { ...token, usedBy: [], putsBack: ['github of /home/me/.cursor/mcp.json'] };
  const only = { secrets: { list: async () => [kept], wanted } };
  expect((await onStage({ api: only }, 'secrets', 'list')).out).toContain('puts a client’s entry back');
  expect(JSON.parse((await onStage({ api }, 'secrets', 'list', '--json')).out)).toEqual([token]);
  expect((await onStage({ api }, 'secrets', 'show', 'T')).out).toMatch(/given to +files and no other/);
  expect((await onStage({ api }, 'secrets', 'show', 'U')).error).toContain('NOT_FOUND');
});

test('whom it is kept for, its end and its command go along; a word that is no date does not', async () => {
  const seen: unknown[] = [];
  const take = async (input: unknown) => {
    seen.push(input);
    return { ask: ID };
  };
  const api: Stage['api'] = {
    secrets: { list, set: take, helper: take, keepFor: take },
    asks: { get: async () => open },
  };
  const run = (...args: string[]) => onStage({ api, piped: 'v' }, 'secrets', ...args);
  await run('rotate', 'T', '--no-wait');
  await run('set', 'T', '--expires', '2027-01-31', '--no-wait', '--for', 'files');
  await run('bind', 'T', '--no-wait', '--for', 'files', 'notes');
  await run('helper', 'T', '--no-wait', '--', 'aws', 'get', '--profile', 'x');
  const scope = { servers: ['files'], environment: null, expiresAt: '2027-01-31T00:00:00.000000Z' };
  expect(seen).toEqual([
    { name: 'T', value: 'v' },
    { name: 'T', value: 'v', scope },
    { name: 'T', scope: { servers: ['files', 'notes'], environment: 'production', expiresAt: AT } },
    { name: 'T', command: { command: 'aws', args: ['get', '--profile', 'x'], env: {} } },
  ]);
  expect((await run('set', 'T', '--expires', 'soon')).code).toBe(2);
  expect((await run('rotate', 'U')).error).toContain('NOT_FOUND');
});

test('revoking says what is left to do, under its older name too', async () => {
  const revoked: string[] = [];
  const api: Stage['api'] = {
    secrets: {
      revoke: async ({ name }) => {
        revoked.push(name);
        return {};
      },
    },
  };
  expect((await onStage({ api }, 'secrets', 'revoke', 'T')).out).toContain('Withdraw it where it was issued too');
  await onStage({ api }, 'secret', 'remove', 'T');
  expect(revoked).toEqual(['T', 'T']);
});

const setting = (seen: unknown[]): Stage['api'] => ({
  ...status('app'),
  secrets: {
    set: async (input) => {
      seen.push(input);
      return { ask: ID };
    },
  },
  asks: { get: async () => ask({ kind: 'secret', name: 'T', value: 'given', replaces: false, usedBy: [] }) },
});

test('the value comes from standard input, without its last line break', async () => {
  const seen: unknown[] = [];
  const { out, error } = await onStage({ api: setting(seen), piped: 'hunter2\n' }, 'secret', 'set', 'T', '--no-wait');
  expect(seen).toEqual([{ name: 'T', value: 'hunter2' }]);
  expect(out + error).not.toContain('hunter2');
});

test('or is typed hidden on a terminal; an argument is no value', async () => {
  const seen: unknown[] = [];
  await onStage({ api: setting(seen), types: ['hunter3'] }, 'secret', 'set', 'T', '--no-wait');
  expect(seen).toEqual([{ name: 'T', value: 'hunter3' }]);
  expect((await onStage({ api: setting(seen), types: ['x'] }, 'secret', 'set', 'T', 'hunter4')).code).toBe(2);
  expect((await onStage({ api: setting(seen) }, 'secret', 'set', 'T')).error).toContain('INPUT_INVALID');
});
