import { expect, test } from 'vitest';
import { ManualClock } from '../manualClock.ts';
import { memoryKeystore } from './memoryKeystore.ts';
import { openSecrets } from './secrets.ts';

const clock = new ManualClock();
const usedBy = (name: string) => (name === 'TOKEN' ? ['files'] : []);
const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

test('a secret is set, used, replaced and removed; its value is in no list', async () => {
  const keystore = memoryKeystore();
  const secrets = await openSecrets({ keystore, clock, usedBy });
  await secrets.set('TOKEN', 'first value');
  expect(secrets.has('TOKEN')).toBe(true);
  expect(await secrets.list()).toEqual([{ name: 'TOKEN', setAt: clock.now(), lastUsedAt: null, usedBy: ['files'] }]);
  const setAt = clock.now();
  clock.pass(60_000);
  expect([...(await secrets.resolve('files', ['TOKEN']))]).toEqual([['TOKEN', 'first value']]);
  expect(await secrets.list()).toMatchObject([{ setAt, lastUsedAt: clock.now() }]);
  expect(JSON.stringify(await secrets.list())).not.toContain('first value');

  await secrets.remove('TOKEN');
  expect([secrets.has('TOKEN'), await secrets.list()]).toEqual([false, []]);
  await expect(secrets.remove('TOKEN')).rejects.toEqual(refused('NOT_FOUND'));
  await expect(secrets.resolve('files', ['TOKEN'])).rejects.toEqual(refused('SECRET_MISSING'));
});

test('facts survive a restart, and a lost index loses no secret', async () => {
  const keystore = memoryKeystore();
  const first = await openSecrets({ keystore, clock, usedBy });
  await first.set('A', 'a-value');
  await first.set('B', 'b-value');
  const before = await first.list();
  clock.pass(1000);
  expect(await (await openSecrets({ keystore, clock, usedBy })).list()).toEqual(before);
  for (const broken of [undefined, '{', 'null', '[]']) {
    if (broken === undefined) keystore.values.delete('secret-index');
    else keystore.values.set('secret-index', broken);
    expect((await (await openSecrets({ keystore, clock, usedBy })).list()).map(({ name }) => name)).toEqual(['A', 'B']);
  }
});

test('for masking, values are known once they are set or handed out, replaced ones too, longest first', async () => {
  const keystore = memoryKeystore(
    new Map([
      ['secret/OLD', 'old'],
      ['secret/UNUSED', 'unused'],
    ]),
  );
  const secrets = await openSecrets({ keystore, clock, usedBy });
  expect(secrets.values()).toEqual([]);
  await secrets.resolve('files', ['OLD']);
  await secrets.set('OLD', 'the new one');
  expect(secrets.values()).toEqual(['the new one', 'old']);
});

test('one missing name means no value at all', async () => {
  const secrets = await openSecrets({ keystore: memoryKeystore(new Map([['secret/A', 'a']])), clock, usedBy });
  await expect(secrets.resolve('files', ['A', 'MISSING'])).rejects.toEqual(refused('SECRET_MISSING'));
  expect(secrets.values()).toEqual([]);
});

test('changes made at once are all in the index', async () => {
  const keystore = memoryKeystore();
  const secrets = await openSecrets({ keystore, clock, usedBy });
  await Promise.all(Array.from({ length: 10 }, (_, at) => secrets.set(`S${at}`, `value ${at}`)));
  expect(Object.keys(JSON.parse(keystore.values.get('secret-index') ?? ''))).toHaveLength(10);
});
