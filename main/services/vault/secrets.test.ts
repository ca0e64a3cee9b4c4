import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretInfo, secretScope } from '../../contract/secret.ts';
import { settings } from '../../contract/settings.ts';
import { MemoryLedger } from '../launch/fixtures.ts';
import { ManualClock } from '../manualClock.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import type { AgreedHelper, CommandOutput, DeviceKeys, HelperDesk } from './ports.ts';
import { openSecrets } from './secrets.ts';

const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });
const by = { person: 'me', via: 'window' } as const;
const only = (...servers: string[]) => ({ scope: secretScope.parse({ servers }), by });
const keys: DeviceKeys = {
  publicKey: new Uint8Array(),
  sign: () => new Uint8Array(),
  mac: (purpose, message) => createHmac('sha256', purpose).update(message).digest(),
};
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const LAUNCH = { command: 'aws', args: [], cwd: '/', variables: [], files: [], sandbox: 'none' };

function open(keystore = memoryKeystore(), rows = new MemoryLedger()) {
  const clock = new ManualClock();
  const helper = { runs: 0, prints: 'first\n', failure: null as string | null, program: 'aws 1' };
  const running = new Set<string>();
  const agreed = (): AgreedHelper => ({
    command: { command: 'aws', args: [], env: {} },
    launch: LAUNCH,
    digest: digestOf(helper.program),
  });
  const helpers: HelperDesk = {
    review: async () => ({
      ...agreed(),
      findings: [],
      async run(): Promise<CommandOutput> {
        helper.runs += 1;
        return { failure: helper.failure, stdout: helper.prints };
      },
    }),
  };
  const usedBy = (name: string) => (name === 'TOKEN' ? ['files'] : []);
  const reminders = () => settings.parse({}).reminders;
  const deps = {
    keystore,
    keys,
    rows,
    helpers,
    clock,
    usedBy,
    putsBack: () => new Map([['undo-1', ['github of /home/me/.cursor/mcp.json']]]),
    runs: (server: string) => running.has(server),
    reminders,
  };
  return { opening: openSecrets(deps), again: () => openSecrets(deps), keystore, rows, clock, helper, agreed, running };
}

test('a secret is set, used, replaced and removed; its value is in no list', async () => {
  const { opening, clock, running, rows } = open();
  const secrets = await opening;
  await secrets.set('TOKEN', 'first value', { by });
  running.add('files');
  const setAt = clock.now();
  expect(await secrets.list()).toMatchObject([
    { name: 'TOKEN', setAt, lastUsedAt: null, usedBy: ['files'], running: [] },
  ]);
  clock.pass(60_000);
  expect([...(await secrets.resolve('files', ['TOKEN']))]).toEqual([['TOKEN', 'first value']]);
  const list = await secrets.list();
  expect(list.map((one) => secretInfo.parse(one))).toEqual(list);
  expect(list).toMatchObject([{ setAt, lastUsedAt: clock.now(), running: ['files'], concerns: [] }]);
  expect(JSON.stringify([list, rows.records, ...rows.rows])).not.toContain('first value');

  await secrets.set('TOKEN', 'second value', { by });
  expect([...secrets.holders('TOKEN')]).toEqual(['files']);
  await secrets.remove('TOKEN', by);
  expect([secrets.has('TOKEN'), await secrets.list()]).toEqual([false, []]);
  await expect(secrets.remove('TOKEN', by)).rejects.toEqual(refused('NOT_FOUND'));
  await expect(secrets.resolve('files', ['TOKEN'])).rejects.toEqual(refused('SECRET_MISSING'));
  expect(rows.records.map(({ event }) => event)).toEqual(['set', 'rotated', 'revoked']);
});

test('only the servers a secret is kept for get it, and a new value does not change that', async () => {
  const secrets = await open().opening;
  await secrets.set('TOKEN', 'a', only('files'));
  expect([...(await secrets.resolve('files', ['TOKEN'])).values()]).toEqual(['a']);
  await expect(secrets.resolve('other', ['TOKEN'])).rejects.toEqual(refused('SECRET_NOT_BOUND'));
  await secrets.set('TOKEN', 'b', { by });
  await expect(secrets.resolve('other', ['TOKEN'])).rejects.toEqual(refused('SECRET_NOT_BOUND'));
  await secrets.bind('TOKEN', only('files', 'other'));
  expect([...(await secrets.resolve('other', ['TOKEN'])).values()]).toEqual(['b']);
});

test('a secret whose row does not count is given to nobody, until it is set again', async () => {
  const { opening, rows } = open();
  const secrets = await opening;
  await secrets.set('TOKEN', 'a', only('files'));
  rows.rows.delete('secret TOKEN');
  await expect(secrets.resolve('files', ['TOKEN'])).rejects.toEqual(refused('SECRET_LOST'));
  await expect(secrets.bind('TOKEN', only('files'))).rejects.toEqual(refused('SECRET_LOST'));
  expect((await secrets.list())[0]?.concerns[0]?.id).toBe('lost');
  await secrets.set('TOKEN', 'a', only('files'));
  expect((await secrets.resolve('files', ['TOKEN'])).size).toBe(1);
});

test('the same value under another name is found, also after a restart', async () => {
  const { opening, again, keystore } = open();
  const secrets = await opening;
  await secrets.set('STAGING', 'one value', { scope: secretScope.parse({ environment: 'staging' }) });
  await secrets.set('PRODUCTION', 'one value', { scope: secretScope.parse({ environment: 'production' }) });
  expect(secrets.sameAs('one value')).toEqual(['PRODUCTION', 'STAGING']);
  const [production] = await (await again()).list();
  expect(production).toMatchObject({ sameAs: ['STAGING'] });
  expect(production?.concerns.map(({ text }) => text).join()).toContain('what leaks in staging opens production too');
  expect(keystore.values.get('secret-index')).not.toContain('one value');
});

test('a command makes the value: anew where it says no end, otherwise until shortly before', async () => {
  const { opening, helper, agreed, clock } = open();
  const secrets = await opening;
  await secrets.setHelper('TOKEN', agreed(), { by });
  const get = async () => (await secrets.resolve('files', ['TOKEN'])).get('TOKEN');
  expect([await get(), await get(), helper.runs]).toEqual(['first', 'first', 2]);

  helper.prints = JSON.stringify({ value: 'second', expiresAt: clock.later(3_600_000) });
  expect([await get(), await get(), helper.runs]).toEqual(['second', 'second', 3]);
  expect(await secrets.list()).toMatchObject([{ expiresAt: clock.later(3_600_000), helper: LAUNCH }]);
  clock.pass(3_600_000 - 30_000);
  helper.prints = 'third';
  expect([await get(), helper.runs]).toEqual(['third', 4]);
  expect(secrets.values()).toEqual(expect.arrayContaining(['first', 'second', 'third']));
});

test('a command that changed, fails or prints nonsense gives nothing', async () => {
  const { opening, helper, agreed } = open();
  const secrets = await opening;
  await secrets.setHelper('TOKEN', agreed(), { by });
  const get = () => secrets.resolve('files', ['TOKEN']);
  Object.assign(helper, { failure: 'ended with code 255: log in first' });
  await expect(get()).rejects.toMatchObject({
    refusal: { code: 'SECRET_HELPER_FAILED', detail: 'TOKEN: aws ended with code 255: log in first' },
  });
  Object.assign(helper, { failure: null, prints: 'a\nb' });
  await expect(get()).rejects.toEqual(refused('SECRET_HELPER_FAILED'));
  Object.assign(helper, { prints: '{"value": "x", "expiresAt": "2001-01-01T00:00:00Z"}' });
  await expect(get()).rejects.toEqual(refused('SECRET_HELPER_FAILED'));
  Object.assign(helper, { prints: 'fine', program: 'aws 2' });
  await expect(get()).rejects.toEqual(refused('SECRET_HELPER_CHANGED'));
  expect(secrets.values()).toEqual([]);
});

test('facts survive a restart, and a lost index loses no secret', async () => {
  const { opening, again, keystore, agreed, clock } = open();
  const first = await opening;
  await first.set('A', 'a-value');
  await first.set('B', 'b-value');
  await first.setHelper('C', agreed(), { by });
  const before = await first.list();
  clock.pass(1000);
  expect(await (await again()).list()).toEqual(before);
  for (const broken of [undefined, '{', 'null', '[]']) {
    if (broken === undefined) keystore.values.delete('secret-index');
    else keystore.values.set('secret-index', broken);
    expect((await (await again()).list()).map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  }
});

test('for masking, values are known once they are set or handed out, replaced ones too, longest first', async () => {
  const { opening, again, keystore } = open();
  await (await opening).set('OLD', 'old');
  const secrets = await again();
  expect(secrets.values()).toEqual([]);
  await secrets.resolve('files', ['OLD']);
  await secrets.set('OLD', 'the new one');
  expect(secrets.values()).toEqual(['the new one', 'old']);
  expect(keystore.values.get('secret/OLD')).toBe('the new one');
});

test('one missing name means no value at all', async () => {
  const secrets = await open().opening;
  await secrets.set('A', 'a');
  await expect(secrets.resolve('files', ['A', 'MISSING'])).rejects.toEqual(refused('SECRET_MISSING'));
  expect([...secrets.holders('A')]).toEqual([]);
});

test('for a file that is put back there is every value that is kept still, whoever it is kept for', async () => {
  const { opening, rows, agreed } = open();
  const secrets = await opening;
  for (const name of ['undo-1', 'lost', 'revoked', 'made']) await secrets.set(name, `${name} value`, only('another'));
  rows.rows.delete('secret lost');
  await secrets.remove('revoked', by);
  await secrets.setHelper('made', agreed(), { by });
  const values = await secrets.kept(['undo-1', 'lost', 'revoked', 'made', 'never']);
  expect([...values]).toEqual([['undo-1', 'undo-1 value']]);
  expect((await secrets.list()).find(({ name }) => name === 'undo-1')).toMatchObject({
    putsBack: ['github of /home/me/.cursor/mcp.json'],
    lastUsedAt: null,
  });
});

test('changes made at once are all in the index', async () => {
  const { opening, keystore } = open();
  const secrets = await opening;
  await Promise.all(Array.from({ length: 10 }, (_, at) => secrets.set(`S${at}`, `value ${at}`)));
  expect(Object.keys(JSON.parse(keystore.values.get('secret-index') ?? ''))).toHaveLength(10);
});
